import { describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import { UserError } from '../../src/core/errors.js';
import { compileParameter, INITIAL_STATE } from '../../src/schedules/compile-parameter.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { sampleParameter } from '../../src/schedules/sample-parameter.js';

function errorOf(spec: ParameterSpec): UserError {
  try {
    compileParameter(spec, builtinSchedules, 'loss.parameters.gamma');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('compileParameter', () => {
  it('takes numbers and lists as constants', () => {
    const number = compileParameter(2, builtinSchedules);
    const list = compileParameter([1, 2, 3], builtinSchedules);
    expect([number.driver, list.driver]).toEqual(['constant', 'constant']);
    expect(number.valueAt(0.3, INITIAL_STATE)).toBe(2);
    expect(list.valueAt(1, INITIAL_STATE)).toEqual([1, 2, 3]);
  });

  it('names the driver of a schedule', () => {
    const driver = (spec: ParameterSpec): string => compileParameter(spec, builtinSchedules).driver;
    expect(driver({ schedule: 'linear', from: 0, to: 1 })).toBe('progress');
    expect(driver({ schedule: 'plateau', from: 0, to: 1 })).toBe('state');
  });

  it('says which schedule does not exist, and which does', () => {
    const error = errorOf({ schedule: 'cosin', from: 0, to: 1 });
    expect(error.code).toBe('candidate');
    expect(error.place.path).toBe('loss.parameters.gamma.schedule');
    expect(error.message).toContain('cosine');
    expect(error.found).toBe('"cosin"');
  });

  it.each<[ParameterSpec, string]>([
    [{ schedule: 'linear', from: 1 }, 'loss.parameters.gamma.to'],
    [{ schedule: 'linear', from: 1, to: 'x' }, 'loss.parameters.gamma.to'],
    [{ schedule: 'linear', from: 1, to: 2, begin: 0.5, end: 0.5 }, 'loss.parameters.gamma.end'],
    [{ schedule: 'linear', from: 1, to: 2, end: 1.5 }, 'loss.parameters.gamma.end'],
    [{ schedule: 'linear', from: 1, to: Infinity }, 'loss.parameters.gamma.to'],
    [{ schedule: 'linear', from: 1, to: 2, rate: 3 }, 'loss.parameters.gamma'],
    [{ schedule: 'exponential', from: 1, to: 0 }, 'loss.parameters.gamma.to'],
    [{ schedule: 'exponential', from: 1, to: -1 }, 'loss.parameters.gamma.to'],
    [{ schedule: 'step', values: [1, 2], at: [0.3, 0.6] }, 'loss.parameters.gamma.values'],
    [{ schedule: 'step', values: [1, 2, 3], at: [0.6, 0.3] }, 'loss.parameters.gamma.at'],
    [{ schedule: 'step', values: [1, 2], at: [0] }, 'loss.parameters.gamma.at.0'],
    [{ schedule: 'curve', points: [1] }, 'loss.parameters.gamma.points'],
    [{ schedule: 'curve', points: [1, 2], at: [0, 0.5, 1] }, 'loss.parameters.gamma.at'],
    [{ schedule: 'curve', points: [1, 2], at: [0.5, 0.5] }, 'loss.parameters.gamma.at'],
    [{ schedule: 'curve', points: [1, 2, 1], monotone: 'increasing' }, 'loss.parameters.gamma.points'],
    [{ schedule: 'curve', points: [2, 1, 2], monotone: 'decreasing' }, 'loss.parameters.gamma.points'],
    [{ schedule: 'plateau', from: 0, to: 1, stages: 0 }, 'loss.parameters.gamma.stages'],
    [{ schedule: 'plateau', from: 0, to: 1, patience: 1.5 }, 'loss.parameters.gamma.patience'],
  ])('refuses %j with the path of the culprit', (spec, path) => {
    const error = errorOf(spec);
    expect(error.code).toBe('candidate');
    expect(error.place.path).toBe(path);
  });

  it('takes level points for monotone in both senses', () => {
    for (const monotone of ['increasing', 'decreasing']) {
      expect(() =>
        compileParameter({ schedule: 'curve', points: [1, 1, 1], monotone }, builtinSchedules),
      ).not.toThrow();
    }
  });
});

describe('sampleParameter', () => {
  it('returns numbers and lists as they are', () => {
    expect(sampleParameter(2, builtinSchedules)).toEqual([2]);
    expect(sampleParameter([1, 2], builtinSchedules)).toEqual([1, 2]);
  });

  it('sees a value that holds for a moment only', () => {
    const spec = { schedule: 'step', values: [1, 99, 1], at: [0.3331, 0.3332] };
    expect(sampleParameter(spec, builtinSchedules)).toContain(99);
  });

  it('sees the end of a schedule of state that takes its time', () => {
    const spec = { schedule: 'plateau', from: 0, to: 7, stages: 7, patience: 50 };
    expect(sampleParameter(spec, builtinSchedules)).toContain(7);
  });
});
