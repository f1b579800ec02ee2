import { z } from 'zod';
import { gaussianMixture } from '../data/gaussian-mixture.js';
import { standardiseColumns } from '../data/moments.js';
import { assembleTask } from './assemble.js';
import { classSizes } from './class-sizes.js';
import { splitClasses } from './class-split.js';
import { CLASS_HEAD, classHead, classMetrics, classTargets, wrongLabels } from './classification.js';
import {
  fractionsOption,
  imbalanceOption,
  labelNoiseOptions,
  seedOption,
  TABLE_MODEL,
  taskStreams,
} from './common-options.js';
import type { Task } from './task.js';

const schema = z.strictObject({
  size: z.int().min(40).max(1_000_000).default(10_000).describe('number of samples in all four parts'),
  features: z.int().min(1).max(1000).default(10).describe('number of inputs'),
  classes: z.int().min(2).max(100).default(2).describe('number of classes; 2 makes a binary task'),
  clusters: z.int().min(1).max(50).default(4).describe('Gaussian clusters of each class'),
  overlap: z
    .number()
    .gt(0)
    .max(10)
    .default(0.5)
    .describe('deviation of a cluster, where centers are 2 apart on average: 0.3 is easy, 1 hard'),
  imbalance: imbalanceOption.default(9),
  ...labelNoiseOptions,
  labelNoise: labelNoiseOptions.labelNoise.default(0.2),
  fractions: fractionsOption,
  seed: seedOption,
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
    const { size, features, classes, clusters, overlap, imbalance, seed } = options;
    const streams = taskStreams(seed, 'mixture');
    const counts = classSizes(size, classes, imbalance);
    const source = gaussianMixture({
      counts,
      features,
      clusters,
      overlap,
      centers: streams('centers'),
      samples: streams('samples'),
    });
    const names = counts.map((_, label) => String(label));
    // The classes are drawn in their final shares: nothing is thinned out after the split.
    const split = splitClasses(source.labels, names, { ...options, size: undefined, imbalance: 1 }, streams);
    standardiseColumns(source.inputs, features, split.parts.train);
    return assembleTask({
      size,
      inputShape: [features],
      inputs: Float32Array.from(source.inputs),
      heads: [classHead(classes)],
      targets: { [CLASS_HEAD]: classTargets(split.labels, classes) },
      columns: {
        difficulty: Float32Array.from(
          split.labels,
          (label, sample) => -source.logPosteriors[sample * classes + label]!,
        ),
        'wrong-label': wrongLabels(split),
      },
      parts: split.parts,
      notes: split.notes,
    });
  },
  defaults: (_, data) => ({
    model: TABLE_MODEL,
    metrics: classMetrics(data, data.heads[0]!),
    plainLoss: { [CLASS_HEAD]: 'cross-entropy' },
  }),
};
