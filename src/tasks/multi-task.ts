import { z } from 'zod';
import { standardiseColumns } from '../data/moments.js';
import { sharedBody } from '../data/shared-body.js';
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
import { VALUE_HEAD, valueMetrics } from './regression.js';
import type { Task } from './task.js';

const schema = z.strictObject({
  size: z.int().min(40).max(1_000_000).default(5000).describe('number of samples in all four parts'),
  features: z.int().min(1).max(1000).default(10).describe('number of inputs'),
  classes: z.int().min(2).max(20).default(2).describe('number of classes of the head "class"; 2: binary'),
  imbalance: imbalanceOption.default(1),
  relatedness: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('how much the two heads need the same features: 0 nothing, 1 all'),
  valueScale: z
    .number()
    .gt(0)
    .max(1e4)
    .default(5)
    .describe(
      'deviation of the noiseless targets of the head "value": its squared error grows with its square',
    ),
  valueNoise: z
    .number()
    .min(0)
    .max(10)
    .default(0.5)
    .describe('deviation of the noise of the head "value", as a multiple of valueScale; in all parts'),
  ...labelNoiseOptions,
  labelNoise: labelNoiseOptions.labelNoise.default(0.1),
  fractions: fractionsOption,
  seed: seedOption,
});

type MultiTaskOptions = z.infer<typeof schema>;

/**
 * Two heads on one body, embedded: `class` and `value` are functions of the same hidden features, with losses of
 * different scale and noise, so that the weights between the heads matter. Column for curricula: `wrong-label`.
 */
export const multiTask: Task<MultiTaskOptions> = {
  name: 'multi-task',
  summary: 'embedded: a class and a value from one body, with losses of different scale and noise',
  schema,
  async load(options) {
    const { size, features, classes, imbalance, relatedness, valueScale, valueNoise, seed } = options;
    const streams = taskStreams(seed, 'multi-task');
    const counts = classSizes(size, classes, imbalance);
    const source = sharedBody({
      counts,
      features,
      relatedness,
      body: streams('body'),
      samples: streams('samples'),
    });
    const names = counts.map((_, label) => String(label));
    const split = splitClasses(source.labels, names, { ...options, size: undefined, imbalance: 1 }, streams);
    standardiseColumns(source.inputs, features, split.parts.train);
    const noise = streams('value-noise');
    const values = Float32Array.from(
      source.values,
      (value) => valueScale * (value + valueNoise * noise.normal()),
    );
    return assembleTask({
      size,
      inputShape: [features],
      inputs: Float32Array.from(source.inputs),
      heads: [classHead(classes), { name: VALUE_HEAD, kind: 'regression', outputs: 1 }],
      targets: { [CLASS_HEAD]: classTargets(split.labels, classes), [VALUE_HEAD]: values },
      columns: { 'wrong-label': wrongLabels(split) },
      parts: split.parts,
      notes: [
        ...split.notes,
        `head "${VALUE_HEAD}": the noise alone is an rmse of ${valueScale * valueNoise}`,
      ],
    });
  },
  defaults: (_, data) => ({
    model: TABLE_MODEL,
    metrics: [...classMetrics(data, data.heads[0]!), ...valueMetrics(data)],
    plainLoss: { [CLASS_HEAD]: 'cross-entropy', [VALUE_HEAD]: 'mse' },
  }),
};
