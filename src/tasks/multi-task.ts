import { z } from 'zod';
import { sharedBody } from '../data/shared-body.js';
import { CLASS_HEAD, classMetrics } from './classification.js';
import { imbalanceOption, TABLE_MODEL } from './common-options.js';
import { drawClasses, drawnSizeOptions, drawnSplitOptions } from './drawn-classes.js';
import { VALUE_HEAD, valueMetrics } from './regression.js';
import type { Task } from './task.js';

const schema = z.strictObject({
  ...drawnSizeOptions(5000),
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
  ...drawnSplitOptions(0.1),
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
    const { features, relatedness, valueScale, valueNoise } = options;
    return drawClasses({
      name: 'multi-task',
      options,
      draw: (counts, streams) =>
        sharedBody({
          ...{ counts, features, relatedness },
          ...{ body: streams('body'), samples: streams('samples') },
        }),
      more: (source, _split, streams) => {
        const noise = streams('value-noise');
        const noisy = (value: number): number => valueScale * (value + valueNoise * noise.normal());
        return {
          heads: [{ name: VALUE_HEAD, kind: 'regression', outputs: 1 }],
          targets: { [VALUE_HEAD]: Float32Array.from(source.values, noisy) },
          notes: [`head "${VALUE_HEAD}": the noise alone is an rmse of ${valueScale * valueNoise}`],
        };
      },
    });
  },
  defaults: (_, data) => ({
    model: TABLE_MODEL,
    metrics: [...classMetrics(data, data.heads[0]!), ...valueMetrics(data)],
    plainLoss: { [CLASS_HEAD]: 'cross-entropy', [VALUE_HEAD]: 'mse' },
  }),
};
