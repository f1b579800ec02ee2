import { expect, it } from 'vitest';
import type { Candidate } from '../../src/candidate/candidate.js';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import { createRegistries } from '../../src/plugins/registries.js';
import { scheduleCurves } from '../../src/report/model/schedule-curves.js';

const HEADS = [{ name: 'label', kind: 'binary', outputs: 1 }] as const;
const curvesOf = (candidate: Candidate) => {
  const curves = scheduleCurves(candidate, HEADS, createRegistries([]));
  return curves.map(({ parameter, points }) => ({
    parameter,
    // At τ = 0, 0.25, 0.5, 0.75, 1.
    values: [0, 25, 50, 75, 100].map((index) => {
      expect(points[index]!.progress).toBe(index / 100);
      return points[index]!.value;
    }),
  }));
};
const focal = (gamma: ParameterSpec): Candidate['loss'] => ({ name: 'focal', parameters: { gamma } });

it('draws what a schedule of the loss does', () => {
  const loss = focal({ schedule: 'linear', from: 0, to: 4 });
  expect(curvesOf({ loss })).toEqual([{ parameter: 'gamma', values: [0, 1, 2, 3, 4] }]);
});

it('draws the pace of a curriculum as the share of the samples in use', () => {
  const pacing = { function: 'linear', start: 0.2, full: 0.5 } as const;
  const paced = {
    kind: 'paced',
    difficulty: { score: 'class-rarity' },
    order: 'easy-first',
    pacing,
  } as const;
  const [curve] = curvesOf({ loss: { name: 'cross-entropy' }, curriculum: paced });
  expect(curve!.parameter).toBe('share of the samples in use, easy-first');
  curve!.values.forEach((value, index) => expect(value).toBeCloseTo([0.2, 0.6, 1, 1, 1][index]!, 12));
});

it('draws the threshold of self-paced weights', () => {
  const threshold = { schedule: 'step', values: [0.9, 0.5], at: [0.6] };
  const curriculum = { kind: 'self-paced', weights: 'hard', direction: 'down', threshold } as const;
  const curves = curvesOf({ loss: { name: 'cross-entropy' }, curriculum });
  expect(curves).toEqual([
    { parameter: 'self-paced threshold (quantile)', values: [0.9, 0.9, 0.9, 0.5, 0.5] },
  ]);
});

it('leaves out what follows the state of each training', () => {
  expect(curvesOf({ loss: focal({ schedule: 'plateau', from: 0, to: 2 }) })).toEqual([]);
});
