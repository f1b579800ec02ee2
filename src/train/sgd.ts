import { z } from 'zod';
import { ops } from '../tensor/index.js';
import type { OptimizerRule } from './optimizer-rule.js';
import type { OptimizerSpec } from './optimizer.js';

type SgdSpec = Extract<OptimizerSpec, { name: 'sgd' }>;

/** w ← w − η g. */
export const sgd: OptimizerRule<SgdSpec> = {
  name: 'sgd',
  summary: 'stochastic gradient descent: w − η·g',
  source: 'Robbins & Monro 1951; as tf.train.sgd',
  schema: z.strictObject({ name: z.literal('sgd') }),
  slots: [],
  scalarCount: 1,
  scalars: (_spec, _step, learningRate) => [learningRate],
  update: (_spec, { parameter, gradient, scalars }) => ({
    parameter: ops.sub(parameter, ops.mul(gradient, scalars[0]!)),
    slots: [],
  }),
};
