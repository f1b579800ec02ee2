import { z } from 'zod';
import { ops } from '../tensor/index.js';
import { activationSchema } from './activation.js';
import { forwardDense, initDense } from './dense.js';
import type { Model } from './model.js';

const schema = z.strictObject({
  /** Units of each hidden layer; an empty list is a linear model. */
  hidden: z.array(z.int().positive()).default([64, 64]),
  activation: activationSchema,
});

export type MlpOptions = z.infer<typeof schema>;

/** Fully connected network over the flattened input; all heads share the hidden layers. */
export const mlp: Model<MlpOptions> = {
  name: 'mlp',
  summary: 'fully connected network: flattened input, hidden layers, one linear head per output',
  schema,
  init: (options, shape, random) =>
    Object.fromEntries(initDense(options, flatWidth(shape.input), shape.heads, random)),
  forward: (options, shape, parameters, x) => {
    const flat = shape.input.length === 1 ? x : ops.reshape(x, [x.shape[0], flatWidth(shape.input)]);
    return forwardDense(options, shape.heads, parameters, flat);
  },
};

const flatWidth = (input: readonly number[]): number =>
  input.reduce((product, extent) => product * extent, 1);
