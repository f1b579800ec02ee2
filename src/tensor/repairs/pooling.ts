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

/** x [N, H, W, C] → [s², N·H/s · W/s · C]: the places of a window apart, the windows side by side. */
function byPlace(x: Tensor, size: number): Tensor {
  const [samples, height, width, channels] = x.shape as [number, number, number, number];
  const windows = tf.reshape(x, [(samples * height) / size, size, width / size, size, channels]);
  return tf.reshape(tf.transpose(windows, [1, 3, 0, 2, 4]), [size * size, x.size / (size * size)]);
}

/** The inverse of {@link byPlace}. */
function fromPlaces(places: Tensor, shape: readonly number[], size: number): Tensor {
  const [samples, height, width, channels] = shape as [number, number, number, number];
  const windows = tf.reshape(places, [size, size, (samples * height) / size, width / size, channels]);
  return tf.reshape(tf.transpose(windows, [2, 0, 3, 1, 4]), [...shape]);
}

/**
 * dy where each window has its maximum, shared equally among ties, as for the maximum of an axis. Not by the kernel
 * MaxPoolGrad: the one of wasm (4.22.0) gives wrong numbers as soon as there are two samples.
 */
function toMaxima(dy: Tensor, x: Tensor, y: Tensor, { filterSize }: PoolAttributes): Tensor {
  const hits = untracked(() =>
    tf.cast(tf.equal(byPlace(x, filterSize), tf.reshape(y, [1, y.size])), 'float32'),
  );
  const count = untracked(() => tf.sum(hits, 0, true));
  const share = tf.div(tf.reshape(dy, [1, dy.size]), count);
  return fromPlaces(tf.mul(hits, share), x.shape, filterSize);
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
