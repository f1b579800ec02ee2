import type { NamedAttrMap, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import type { KernelPatch } from './kernel-patch.js';

type Shape4 = [number, number, number, number];

/** Sizes, strides and padding of a convolution from the attributes of its kernels. */
function geometry(input: Shape4, filter: Shape4, attributes: NamedAttrMap) {
  return tf.backend_util.computeConv2DInfo(
    input,
    filter,
    attributes['strides'] as number | [number, number],
    1,
    attributes['pad'] as 'same' | 'valid' | number,
    attributes['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
  );
}

/** x [N, H, W, C] with zeros before and after on the axis (1 or 2); a negative count cuts instead. */
function padAxis(x: Tensor, axis: 1 | 2, before: number, after: number): Tensor {
  const added = x.shape.map((_, index): [number, number] =>
    index === axis ? [Math.max(before, 0), Math.max(after, 0)] : [0, 0],
  );
  const padded = before > 0 || after > 0 ? tf.pad(x, added) : x;
  if (before >= 0 && after >= 0) return padded;
  const begin = x.shape.map((_, index) => (index === axis ? Math.max(-before, 0) : 0));
  const size = padded.shape.map((extent, index) =>
    index === axis ? extent + Math.min(before, 0) + Math.min(after, 0) : extent,
  );
  return tf.slice(padded, begin, size);
}

/** dy [N, h, w, C] with stride − 1 zeros after each of its rows and columns. */
function dilate(dy: Tensor, strideHeight: number, strideWidth: number): Tensor {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [batch, height, width, channels] = dy.shape as Shape4;
  const rows = tf.pad(tf.reshape(dy, [batch * height, 1, width * channels]), [
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
  ]);
  const columns = tf.pad(tf.reshape(rows, [batch * height * strideHeight * width, 1, channels]), [
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  return tf.reshape(columns, [batch, height * strideHeight, width * strideWidth, channels]);
}

const convolve = (x: Tensor, filter: Tensor): Tensor =>
  tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, 'valid');

/**
 * d/d(filter) as one convolution of x by dy, with batch and channels changing places. wasm lacks this kernel; the
 * one of cpu is 20 to 40 times slower than this.
 */
export const convolutionToFilter: KernelPatch = {
  kernel: tf.Conv2DBackpropFilter,
  backends: ['wasm', 'cpu'],
  make: () => (inputs, attributes) => {
    const x = inputs['x']!;
    const filterShape = attributes['filterShape'] as Shape4;
    const info = geometry(x.shape as Shape4, filterShape, attributes);
    return tf.tidy(() => {
      const spread = dilate(inputs['dy']!, info.strideHeight, info.strideWidth);
      const { top, left } = info.padInfo;
      // Exactly as high and wide that the result has the size of the filter.
      const below = spread.shape[1]! + filterShape[0] - 1 - top - info.inHeight;
      const right = spread.shape[2]! + filterShape[1] - 1 - left - info.inWidth;
      const padded = padAxis(padAxis(x, 1, top, below), 2, left, right);
      const gradient = convolve(tf.transpose(padded, [3, 1, 2, 0]), tf.transpose(spread, [1, 2, 0, 3]));
      return tf.transpose(gradient, [1, 2, 0, 3]);
    });
  },
};

/** d/d(input) as one convolution of dy by the turned filter: 3 ms where the kernel of wasm takes 27. */
export const convolutionToInput: KernelPatch = {
  kernel: tf.Conv2DBackpropInput,
  backends: ['wasm'],
  make: () => (inputs, attributes) => {
    const filter = inputs['filter']!;
    const info = geometry(attributes['inputShape'] as Shape4, filter.shape as Shape4, attributes);
    return tf.tidy(() => {
      const spread = dilate(inputs['dy']!, info.strideHeight, info.strideWidth);
      const { top, left } = info.padInfo;
      const padded = padAxis(
        padAxis(spread, 1, info.filterHeight - 1 - top, info.inHeight + top - spread.shape[1]!),
        2,
        info.filterWidth - 1 - left,
        info.inWidth + left - spread.shape[2]!,
      );
      return convolve(padded, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]));
    });
  },
};
