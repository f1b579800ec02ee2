import type { GradConfig, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
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
  tf.avgPool(x as Tensor4D, filterSize, strides, pad);

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

/** Which share of dy each place of a window gets, [s², windows · channels]: ties share equally. */
function sharesOf(x: Tensor, y: Tensor, size: number): Tensor {
  const hits = tf.cast(tf.equal(byPlace(x, size), tf.reshape(y, [1, y.size])), 'float32');
  return tf.div(hits, tf.sum(hits, 0, true));
}

/**
 * dy where each window has its maximum, shared equally among ties, as for the maximum of an axis. Not by the kernel
 * MaxPoolGrad: the one of wasm (4.22.0) gives wrong numbers as soon as there are two samples.
 */
export function toMaxima(dy: Tensor, x: Tensor, y: Tensor, size: number): Tensor {
  return tf.tidy(() => fromPlaces(tf.mul(sharesOf(x, y, size), tf.reshape(dy, [1, dy.size])), x.shape, size));
}

/** The kernel that does this; of the door, so that a trace sees one operation. */
export const TILED_MAX_POOL_GRAD = 'TiledMaxPoolGrad';

/** Where the maxima are does not change with x: only dy is on the tape. */
const maximumBack = (dy: Tensor, x: Tensor, y: Tensor, { filterSize }: PoolAttributes): Tensor => {
  const fixed = { x: untracked(() => tf.clone(x)), y: untracked(() => tf.clone(y)) };
  return tf.engine().runKernel(TILED_MAX_POOL_GRAD, { dy, ...fixed }, { filterSize });
};

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
    gradient: (dy, [x, y], attributes) => ({ x: () => maximumBack(dy, x!, y!, attributes) }),
  },
  {
    kernel: TILED_MAX_POOL_GRAD,
    inputs: ['x', 'y'],
    gradient: (gradient, [x, y], { filterSize }) => ({
      dy: () => {
        const shares = untracked(() => sharesOf(x!, y!, filterSize));
        return tf.reshape(tf.sum(tf.mul(byPlace(gradient, filterSize), shares), 0), y!.shape);
      },
    }),
  },
];

/** Sizes are whole multiples of the sides of x, or stock computes the gradient. */
interface ResizeAttributes {
  readonly size: readonly [number, number];
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Enlargement repeats pixels, so the gradient sums over their repetitions: a mean times their number. */
const enlargeRule: GradientRule<ResizeAttributes> = {
  kernel: tf.ResizeNearestNeighbor,
  inputs: ['images'],
  gradient: (dy, [images], { size, alignCorners }) => ({
    images: () => {
      const factors = size.map((side, axis) => side / images!.shape[axis + 1]!) as [number, number];
      if (alignCorners || !factors.every(Number.isInteger)) {
        const fixed = untracked(() => tf.clone(images!));
        return tf.engine().runKernel(tf.ResizeNearestNeighborGrad, { images: fixed, dy }, { alignCorners });
      }
      return tf.mul(tf.avgPool(dy as Tensor4D, factors, factors, 'valid'), factors[0] * factors[1]);
    },
  }),
};

export const poolingRules: readonly GradConfig[] = [
  ...rules.map((rule) => gradientConfig(rule)),
  gradientConfig(enlargeRule),
];
