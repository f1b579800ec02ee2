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

/** x [N, H, W, C] by its windows: [N·H/s, s, W/s, s, C]; y [N, H/s, W/s, C] likewise with s = 1. */
function byWindow(x: Tensor, rows: number, size: number): Tensor {
  const channels = x.shape[3]!;
  return tf.reshape(x, [rows, size, x.shape[2]! / size, size, channels]);
}

/**
 * dy where each window has its maximum, shared equally among ties, as for the maximum of an axis. Not by the kernel
 * MaxPoolGrad: the one of wasm (4.22.0) gives wrong numbers as soon as there are two samples.
 */
function toMaxima(dy: Tensor, x: Tensor, y: Tensor, { filterSize }: PoolAttributes): Tensor {
  const rows = y.shape[0] * y.shape[1]!;
  const share = untracked(() => {
    const hits = tf.cast(tf.equal(byWindow(x, rows, filterSize), byWindow(y, rows, 1)), 'float32');
    return tf.div(hits, tf.sum(hits, [1, 3], true));
  });
  return tf.reshape(tf.mul(byWindow(dy, rows, 1), share), x.shape);
}

/** The backward kernel of the mean is linear in dy, and stock has no rule for it. */
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
    gradient: (dy, [x, y], attributes) => ({ x: () => toMaxima(dy, x!, y!, attributes) }),
  },
];

export const poolingRules: readonly tf.GradConfig[] = rules.map(gradientConfig);
