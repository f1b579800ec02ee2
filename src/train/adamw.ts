import { z } from 'zod';
import { ops } from '../tensor/index.js';
import { ADAM_SLOTS, adamMoments, adamScalars, adamSettings } from './adam-moments.js';
import type { OptimizerRule } from './optimizer-rule.js';
import type { OptimizerSpec } from './optimizer.js';

type AdamWSpec = Extract<OptimizerSpec, { name: 'adamw' }>;

/**
 * Adam with decoupled weight decay: w ← (1 − ηλ) w − Adam step. The decay acts on all parameters of the model,
 * biases included, and on none of the loss.
 */
export const adamw: OptimizerRule<AdamWSpec> = {
  name: 'adamw',
  summary: 'Adam with decoupled weight decay',
  source:
    'Loshchilov & Hutter, ICLR 2019, algorithm 2 (decay multiplied by the learning rate, as in PyTorch)',
  schema: z.strictObject({
    name: z.literal('adamw'),
    ...adamSettings,
    weightDecay: z.number().min(0).default(0.01),
  }),
  slots: ADAM_SLOTS,
  scalarCount: 3,
  scalars: (spec, step, learningRate) => [
    ...adamScalars(spec, step, learningRate),
    1 - learningRate * spec.weightDecay,
  ],
  update: (spec, inputs) => {
    const { first, second, change } = adamMoments(spec, inputs);
    const kept = inputs.decays ? ops.mul(inputs.parameter, inputs.scalars[2]!) : inputs.parameter;
    return { parameter: ops.sub(kept, change), slots: [first, second] };
  },
};
