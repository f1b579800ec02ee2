import { z } from 'zod';
import { onlyAdjustable } from './adjustable-entries.js';
import { assignmentAt } from './gradient/cube-point.js';
import { particleOf, replayPersistentEs } from './persistent-es/replay.js';
import { segmentAt, segmentCount } from './segments.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  pairs: z.int().min(1).default(4).describe('antithetic pairs of particles'),
  interval: z.int().min(1).default(1).describe('evaluations of a truncated unroll'),
  sigma: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('standard deviation of a perturbation, as part of the range'),
  learningRate: z
    .number()
    .gt(0)
    .max(1)
    .default(0.05)
    .describe('learning rate of Adam on the mean, as part of the range'),
  objective: z
    .enum(['final', 'mean'])
    .default('final')
    .describe('what is minimised: the value at the end of the training, or the mean over all evaluations'),
});

/**
 * Persistent evolution strategies: particles in antithetic pairs train in unrolls that are cut short, each with a
 * new perturbation of the mean, and keep their training from one unroll to the next. The gradient multiplies the
 * value of each unroll with all perturbations since the training began, so cutting it short makes no bias. The
 * particles of a round share one computation graph and train as a cohort. After each whole training the mean itself
 * trains once from the start: a loss without schedules. Particles stand for the schedules that they trained with.
 */
export const persistentEs: Sampler<z.infer<typeof schema>> = {
  name: 'persistent-es',
  summary: 'learns from short pieces of training without bias, with antithetic particles that go on',
  source: 'Vicol, Metz & Sohl-Dickstein, ICML 2021 (arXiv 2112.13835), algorithm 2',
  schema,
  check: (space) => {
    onlyAdjustable('persistent-es', space);
  },
  waveSize: (_space, { pairs }) => 2 * pairs,
  rounds: {
    round: ({ options: { pairs, interval }, full, index }) => {
      const segments = segmentCount(interval, full);
      const place = index % (segments + 1);
      if (place === segments) return { trials: 1, from: 0, fidelity: full };
      return { trials: 2 * pairs, ...segmentAt(place, interval, full) };
    },
    // Each particle goes on with its own training.
    parents: ({ firstTrial, count }) =>
      Array.from({ length: count }, (_, index) => firstTrial - count + index),
  },
  propose: (request) => {
    const { space, options, seed, wave, count, full = 1 } = request;
    const entries = onlyAdjustable('persistent-es', space);
    const { mean } = replayPersistentEs(request, entries);
    const alone = wave % (segmentCount(options.interval, full) + 1) === segmentCount(options.interval, full);
    return Array.from({ length: count }, (_, index) => {
      const offset = alone ? undefined : particleOf(seed, wave, index, mean.length, options.sigma);
      const point = offset === undefined ? mean : mean.map((value, axis) => value + offset[axis]!);
      return assignmentAt(space, entries, point);
    });
  },
};
