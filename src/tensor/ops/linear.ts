import type { Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';

/** Matrix product of the last two axes, either operand transposed first; leading axes broadcast. */
export const matMul = (a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor =>
  tf.matMul(a, b, transposeA, transposeB);
/** x [N, H, W, in] * filter [height, width, in, out] → [N, H', W', out]; dilation 1. */
export const conv2d = (x: Tensor, filter: Tensor, stride: number, padding: 'same' | 'valid'): Tensor =>
  tf.conv2d(x as Tensor4D, filter as Tensor4D, stride, padding);
/**
 * Largest value of each window of x [N, H, W, C]; window = stride = size. The gradient goes to the maximum of the
 * window; ties share it.
 * @throws Error unless H and W are multiples of size.
 */
export const maxPool = (x: Tensor, size: number): Tensor => tf.maxPool(tiled(x, size), size, size, 'valid');
/** Mean of each window of x [N, H, W, C]; window = stride = size. @throws Error as {@link maxPool}. */
export const averagePool = (x: Tensor, size: number): Tensor =>
  tf.avgPool(tiled(x, size), size, size, 'valid');
/** Each pixel of x [N, H, W, C] repeated `factor` times along H and W: nearest-neighbour enlargement. */
export const enlarge = (x: Tensor, factor: number): Tensor => {
  const [, height, width] = x.shape as [number, number, number, number];
  return tf.image.resizeNearestNeighbor(x as Tensor4D, [height * factor, width * factor]);
};

function tiled(x: Tensor, size: number): Tensor4D {
  if (x.rank === 4 && x.shape[1]! % size === 0 && x.shape[2]! % size === 0) return x as Tensor4D;
  throw new Error(
    `pooling by ${size} needs [N, H, W, C] with H and W multiples of it, got [${x.shape.join(', ')}]`,
  );
}
