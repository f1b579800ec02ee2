import { z } from 'zod';
import { ops } from '../tensor/index.js';
import { ADAM_SLOTS, adamMoments, adamScalars, adamSettings } from './adam-moments.js';
import type { OptimizerRule } from './optimizer-rule.js';
import type { OptimizerSpec } from './optimizer.js';

type AdamSpec = Extract<OptimizerSpec, { name: 'adam' }>;

/** Adam with bias correction from step 1 and ε outside the square root. */
export const adam: OptimizerRule<AdamSpec> = {
  name: 'adam',
  summary: 'Adam: steps scaled by running means of the gradient and its square',
  source: 'Kingma & Ba, ICLR 2015, algorithm 1; as tf.train.adam',
  schema: z.strictObject({ name: z.literal('adam'), ...adamSettings }),
  slots: ADAM_SLOTS,
  scalarCount: 2,
  scalars: adamScalars,
  update: (spec, inputs) => {
    const { first, second, change } = adamMoments(spec, inputs);
    return { parameter: ops.sub(inputs.parameter, change), slots: [first, second] };
  },
};
