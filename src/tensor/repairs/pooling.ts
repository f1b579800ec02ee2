import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';

/** Windows do not overlap and tile the input: stride = size, 'valid'. The door offers no other pooling. */
interface PoolAttributes {
  readonly filterSize: number;
  readonly strides: number;
  readonly pad: 'valid';
}

const average = (x: Tensor, { filterSize, strides, pad }: PoolAttributes): Tensor =>
  tf.avgPool(x as tf.Tensor4D, filterSize, strides, pad);

const averageBack = (dy: Tensor, input: Tensor, { filterSize, strides, pad }: PoolAttributes): Tensor =>
  tf
    .engine()
    .runKernel(tf.AvgPoolGrad, { dy, input: untracked(() => tf.clone(input)) }, { filterSize, strides, pad });

const maxBack = (
  dy: Tensor,
  input: Tensor,
  output: Tensor,
  { filterSize, strides, pad }: PoolAttributes,
): Tensor =>
  tf.engine().runKernel(
    tf.MaxPoolGrad,
    // Input and output only say where the maximum is.
    { dy, input: untracked(() => tf.clone(input)), output: untracked(() => tf.clone(output)) },
    { filterSize, strides, pad },
  );

/** Both backward kernels are linear in dy, and stock has no rule for them. */
const rules: readonly GradientRule<PoolAttributes>[] = [
  {
    kernel: tf.AvgPool,
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({ x: () => averageBack(dy, x!, attributes) }),
  },
  {
    kernel: tf.AvgPoolGrad,
    inputs: [],
    gradient: (gradient, _saved, attributes) => ({ dy: () => average(gradient, attributes) }),
  },
  {
    kernel: tf.MaxPool,
    inputs: ['x'],
    output: true,
    gradient: (dy, [x, y], attributes) => ({ x: () => maxBack(dy, x!, y!, attributes) }),
  },
  {
    kernel: tf.MaxPoolGrad,
    inputs: ['dy', 'input', 'output'],
    // The value at each window's maximum: the sum over the window of the gradient times a mask of the maxima.
    gradient: (gradient, [dy, input, output], attributes) => ({
      dy: () => {
        const mask = untracked(() => maxBack(tf.onesLike(dy!), input!, output!, attributes));
        return tf.mul(average(tf.mul(gradient, mask), attributes), attributes.filterSize ** 2);
      },
    }),
  },
];

export const poolingRules: readonly tf.GradConfig[] = rules.map(gradientConfig);
