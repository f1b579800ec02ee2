import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/candidate/candidate.js';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import { createRegistries } from '../../src/plugins/registries.js';
import type { ReportModel } from '../../src/report/report-model.js';
import { schedules } from '../../src/report/plots/schedules.js';
import { scheduleCurves, type ReplayedRun } from '../../src/report/model/schedule-curves.js';

const HEADS = [{ name: 'label', kind: 'binary', outputs: 1 }] as const;
const curvesOf = (candidate: Candidate, run?: ReplayedRun) => {
  const curves = scheduleCurves(candidate, HEADS, createRegistries([]), run);
  return curves.map(({ parameter, points, replayed }) => ({
    parameter,
    ...(replayed === undefined ? {} : { replayed }),
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

describe('what follows the state of each training', () => {
  const plateau = { schedule: 'plateau', from: 0, to: 2, stages: 2, patience: 1 };
  // Four chunks of 25 steps; the second and the third evaluation bring nothing.
  const run: ReplayedRun = {
    steps: 100,
    curve: [1, 1.5, 1.2, 0.5].map((validationLoss, index) => ({ step: 25 * (index + 1), validationLoss })),
  };

  it('is left out where no run can be replayed', () => {
    expect(curvesOf({ loss: focal(plateau) })).toEqual([]);
  });

  it('is replayed on a run: each chunk sees the evaluations before it', () => {
    const [curve] = scheduleCurves({ loss: focal(plateau) }, HEADS, createRegistries([]), run);
    expect(curve!.replayed).toBe(true);
    const step = (progress: number): number => Math.floor(progress * 99 + 1e-9);
    for (const { progress, value } of curve!.points) {
      expect(value).toBe(step(progress) < 50 ? 0 : step(progress) < 75 ? 1 : 2);
    }
  });

  it('says in the caption that it is one training', () => {
    const threshold = { ...plateau, from: 0.9, to: 0.5 };
    const curriculum = { kind: 'self-paced', weights: 'hard', direction: 'down', threshold } as const;
    const loss = focal({ schedule: 'linear', from: 0, to: 4 });
    const remarksOf = (candidate: Candidate): readonly string[] => {
      const curves = scheduleCurves(candidate, HEADS, createRegistries([]), run);
      const drawing = schedules.draw({ schedules: curves } as unknown as ReportModel);
      if (drawing.state !== 'drawn') throw new Error('nothing is drawn');
      return drawing.remarks;
    };
    expect(remarksOf({ loss })).toEqual([]);
    expect(remarksOf({ loss, curriculum })).toEqual([
      'self-paced threshold (quantile) follows the validation loss, so each training has its own curve; drawn is the first test seed.',
    ]);
  });
});
