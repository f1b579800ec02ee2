import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import { NOISE_KINDS } from '../data/label-noise.js';
import { PARTS } from '../problem/part.js';

/** Options that several tasks share, each with its meaning, range and default. */

const share = z.number().gt(0).lt(1);

export const fractionsOption = z
  .strictObject({ train: share, validation: share, selection: share, test: share })
  .refine((fractions) => Math.abs(PARTS.reduce((sum, part) => sum + fractions[part], 0) - 1) < 1e-9, {
    error: 'the four fractions must have sum 1',
  })
  .default({ train: 0.4, validation: 0.2, selection: 0.2, test: 0.2 })
  .describe('share of the samples in each part; all four, with sum 1');

export const seedOption = z
  .int()
  .nonnegative()
  .default(1)
  .describe('seed of the data: generation, split, noise; not the seed of the study');

export const imbalanceOption = z
  .number()
  .min(1)
  .max(10_000)
  .describe(
    'samples of the most frequent class for one of the rarest, exponential in between; 1 is balanced',
  );

/** Wrong labels on purpose. */
export const labelNoiseOptions = {
  labelNoise: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe('share of the labels of each class that are made wrong'),
  noiseKind: z
    .enum(NOISE_KINDS)
    .default('symmetric')
    .describe('symmetric: any other class; asymmetric: the next class (binary: positives become negative)'),
  noisyParts: z
    .array(z.enum(PARTS))
    .default(['train'])
    .describe('parts with wrong labels; the others stay clean, so that scores are against the truth'),
} as const;

/** How hidden layers of the default MLP are sized for tables. */
export const TABLE_MODEL = { name: 'mlp', hidden: [32, 32] } as const;

/** The stream of one purpose of one task: `task/<seed>/<task>/<purpose>`. */
export type TaskStreams = (purpose: string) => Stream;

export function taskStreams(seed: number, task: string): TaskStreams {
  return (purpose) => stream('task', seed, task, purpose);
}
