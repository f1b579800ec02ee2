import type { DifficultySpec, PacedCurriculumSpec } from '../candidate/candidate.js';
import { UserError } from '../core/errors.js';
import { stream } from '../core/random.js';
import { classRarity, columnDifficulty } from '../curriculum/difficulty.js';
import { orderSamples } from '../curriculum/order-samples.js';
import { pacedCount } from '../curriculum/paced-count.js';
import { gatherRows } from '../engine/gather-rows.js';
import type { TaskData } from '../problem/task-data.js';

/** From which samples the batches of each step are drawn. */
export interface SamplePlan {
  /** The training samples in the order in which they come into use. */
  readonly samples: Int32Array;
  /** How many of them are in use at a progress; all when absent. */
  readonly countAt?: (progress: number) => number;
}

/** All training samples at every step: what every candidate without a paced curriculum draws from. */
export const plainPlan = (data: TaskData): SamplePlan => ({ samples: data.parts.train });

/** Whether the difficulty of a curriculum comes from a short training with the plain loss. */
export const needsReference = (curriculum: PacedCurriculumSpec): boolean =>
  curriculum.order !== 'random' && curriculum.difficulty.score === 'reference-loss';

/**
 * The plan of a paced curriculum.
 * @param referenceLosses plain loss of each training sample after a short training; only where
 *   {@link needsReference}
 * @throws UserError `candidate` when the task lacks what the difficulty is made of
 */
export function pacedPlan(
  curriculum: PacedCurriculumSpec,
  data: TaskData,
  seed: string,
  referenceLosses: Float32Array | undefined,
): SamplePlan {
  const { train } = data.parts;
  const { order, pacing, difficulty } = curriculum;
  return {
    samples: orderSamples({
      samples: train,
      scores: order === 'random' ? [] : difficultyOf(difficulty, data, referenceLosses),
      order,
      random: stream(seed, 'curriculum-order'),
    }),
    countAt: (progress) => pacedCount({ pacing, available: train.length, progress }),
  };
}

function difficultyOf(
  difficulty: DifficultySpec,
  data: TaskData,
  referenceLosses: Float32Array | undefined,
): ArrayLike<number> {
  const { train } = data.parts;
  switch (difficulty.score) {
    case 'reference-loss':
      return referenceLosses!;
    case 'column':
      return columnDifficulty(data.columns, difficulty.column, train);
    case 'class-rarity': {
      const head = data.heads.find(({ kind }) => kind !== 'regression');
      if (head === undefined) {
        throw new UserError({
          code: 'candidate',
          message: 'class rarity needs a head with classes',
          place: { path: 'curriculum.difficulty.score' },
          found: 'class-rarity',
          expected: 'reference-loss or column: this task has regression heads only',
        });
      }
      const targets = gatherRows(data.targets[head.name]!, head.outputs, train);
      return classRarity({ targets, samples: train.length, outputs: head.outputs });
    }
  }
}
