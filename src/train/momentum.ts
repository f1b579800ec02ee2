import { z } from 'zod';
import { ops } from '../tensor/index.js';
import type { OptimizerRule } from './optimizer-rule.js';
import type { OptimizerSpec } from './optimizer.js';

type MomentumSpec = Extract<OptimizerSpec, { name: 'momentum' }>;

/** a ← μ a + g; w ← w − η a, or with Nesterov w ← w − η (g + μ a). */
export const momentum: OptimizerRule<MomentumSpec> = {
  name: 'momentum',
  summary: 'gradient descent with momentum, plain or Nesterov',
  source: 'Polyak 1964; Sutskever et al., ICML 2013; as tf.train.momentum',
  schema: z.strictObject({
    name: z.literal('momentum'),
    momentum: z.number().min(0).lt(1).default(0.9),
    nesterov: z.boolean().default(false),
  }),
  slots: ['velocity'],
  scalarCount: 1,
  scalars: (_spec, _step, learningRate) => [learningRate],
  update: (spec, { parameter, gradient, slots, scalars }) => {
    const velocity = ops.add(ops.mul(slots[0]!, spec.momentum), gradient);
    const direction = spec.nesterov ? ops.add(gradient, ops.mul(velocity, spec.momentum)) : velocity;
    return { parameter: ops.sub(parameter, ops.mul(direction, scalars[0]!)), slots: [velocity] };
  },
};
