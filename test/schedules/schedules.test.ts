import { describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import { compileParameter, INITIAL_STATE } from '../../src/schedules/compile-parameter.js';
import { builtinSchedules } from '../../src/schedules/registry.js';

const at = (spec: ParameterSpec, progress: number): number =>
  compileParameter(spec, builtinSchedules).valueAt(progress, INITIAL_STATE) as number;

describe('the formulas', () => {
  it('linear, with the part before and after the ramp', () => {
    const spec = { schedule: 'linear', from: 2, to: 4, begin: 0.2, end: 0.6 };
    expect([0, 0.2, 0.3, 0.4, 0.6, 0.9].map((progress) => at(spec, progress))).toEqual([
      2,
      2,
      expect.closeTo(2.5, 12),
      expect.closeTo(3, 12),
      4,
      4,
    ]);
  });

  it('cosine: a quarter of the way is (1 − √½)/2', () => {
    expect(at({ schedule: 'cosine', from: 0, to: 1 }, 0.25)).toBeCloseTo(0.14644660940672627, 14);
    expect(at({ schedule: 'cosine', from: 5, to: 3 }, 0.5)).toBeCloseTo(4, 14);
  });

  it('exponential: equal factors in equal times', () => {
    const spec = { schedule: 'exponential', from: 1e-3, to: 10 };
    expect(at(spec, 0.25)).toBeCloseTo(1e-2, 14);
    expect(at(spec, 0.5)).toBeCloseTo(0.1, 14);
    expect(at({ schedule: 'exponential', from: -1, to: -4 }, 0.5)).toBeCloseTo(-2, 14);
    // The quotient of the ends would overflow.
    expect(at({ schedule: 'exponential', from: 1e-200, to: 1e200 }, 0.5)).toBeCloseTo(1, 10);
  });

  it('step: a new value from its position on', () => {
    const spec = { schedule: 'step', values: [1, 2, 3], at: [0.25, 1] };
    expect([0, 0.2499, 0.25, 0.99, 1].map((progress) => at(spec, progress))).toEqual([1, 1, 2, 2, 3]);
  });

  it('curve: straight lines through the points, flat outside of them', () => {
    const spec = { schedule: 'curve', points: [1, 3, 0], at: [0.2, 0.4, 0.8], interpolation: 'linear' };
    expect(at(spec, 0.1)).toBe(1);
    expect(at(spec, 0.3)).toBeCloseTo(2, 12);
    expect(at(spec, 0.6)).toBeCloseTo(1.5, 12);
    expect(at(spec, 0.9)).toBe(0);
  });

  it('curve: pchip at the middle of three equally spaced points', () => {
    // Secants 2 and 6 at spacing 1/2: inner slope 2·2·6/8 = 3, left end slope (3·2 − 6)/2 = 0. Hermite at the
    // middle of the first piece: (0 + 1)/2 + h (d0 − d1)/8 = 0.5 + 0.5 (0 − 3)/8 = 0.3125.
    expect(at({ schedule: 'curve', points: [0, 1, 4] }, 0.25)).toBeCloseTo(0.3125, 14);
  });
});

describe('plateau', () => {
  const stage = (validationLosses: readonly number[], more: Readonly<Record<string, number>> = {}): number =>
    compileParameter(
      { schedule: 'plateau', from: 0, to: 4, stages: 4, patience: 2, ...more },
      builtinSchedules,
    ).valueAt(0, { validationLosses }) as number;

  it('stays while the loss falls, and moves after `patience` evaluations without a new best', () => {
    expect(stage([])).toBe(0);
    expect(stage([5, 4, 3, 2, 1])).toBe(0);
    expect(stage([5, 6])).toBe(0);
    expect(stage([5, 6, 5])).toBe(1);
    expect(stage([5, 6, 5, 5, 5])).toBe(2);
  });

  it('starts counting again after an improvement and after a move', () => {
    expect(stage([5, 6, 4, 6])).toBe(0);
    expect(stage([5, 6, 5, 5, 4, 5, 5])).toBe(2);
  });

  it('wants more than the tolerance', () => {
    expect(stage([5, 4.95, 4.95], { tolerance: 0.1 })).toBe(1);
    expect(stage([5, 4.85, 4.8], { tolerance: 0.1 })).toBe(0);
    // Slow but steady: both losses together are an improvement on the best.
    expect(stage([5, 4.95, 4.89], { tolerance: 0.1 })).toBe(0);
  });

  it('never goes beyond its last stage', () => {
    expect(stage(Array.from({ length: 50 }, () => 1))).toBe(4);
  });

  it('takes a loss that is not a number for no improvement', () => {
    expect(stage([5, NaN, NaN])).toBe(1);
    expect(stage([NaN, NaN, 5])).toBe(1);
  });
});
