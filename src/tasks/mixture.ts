import { z } from 'zod';
import { gaussianMixture } from '../data/gaussian-mixture.js';
import { CLASS_HEAD, classMetrics } from './classification.js';
import { imbalanceOption, TABLE_MODEL } from './common-options.js';
import { drawClasses, drawnSizeOptions, drawnSplitOptions } from './drawn-classes.js';
import type { Task } from './task.js';

const schema = z.strictObject({
  ...drawnSizeOptions(10_000),
  classes: z.int().min(2).max(100).default(2).describe('number of classes; 2 makes a binary task'),
  clusters: z.int().min(1).max(50).default(4).describe('Gaussian clusters of each class'),
  overlap: z
    .number()
    .gt(0)
    .max(10)
    .default(0.5)
    .describe('deviation of a cluster, where centers are 2 apart on average: 0.3 is easy, 1 hard'),
  imbalance: imbalanceOption.default(9),
  ...drawnSplitOptions(0.2),
});

type MixtureOptions = z.infer<typeof schema>;

/**
 * The embedded task that needs no file: classes made of overlapping Gaussian clusters, by default 10 % positives
 * and 20 % wrong labels in the train part, which leaves plain cross-entropy room for improvement in average
 * precision. `imbalance: 1` and `labelNoise: 0` make the null task, on which no loss should beat cross-entropy.
 * Columns for curricula: `difficulty`, −ln P(label | input) under the true mixture, and `wrong-label`.
 */
export const mixture: Task<MixtureOptions> = {
  name: 'mixture',
  summary: 'embedded: imbalanced, overlapping Gaussian clusters with label noise',
  schema,
  async load(options) {
    const { features, classes, clusters, overlap } = options;
    return drawClasses({
      name: 'mixture',
      options,
      draw: (counts, streams) =>
        gaussianMixture({
          ...{ counts, features, clusters, overlap },
          ...{ centers: streams('centers'), samples: streams('samples') },
        }),
      more: ({ logPosteriors }, { labels }) => ({
        columns: {
          difficulty: Float32Array.from(labels, (label, sample) => -logPosteriors[sample * classes + label]!),
        },
      }),
    });
  },
  defaults: (_, data) => ({
    model: TABLE_MODEL,
    metrics: classMetrics(data, data.heads[0]!),
    plainLoss: { [CLASS_HEAD]: 'cross-entropy' },
  }),
};
