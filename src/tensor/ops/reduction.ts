import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';

/** Axes of a reduction; all of them when left out. Negative ones count from the end. */
type Axes = number | number[];

/** Σ x over the axes. */
export const sum = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.sum(x, axes, keepDims);
/** Mean over the axes. Written as a sum, since the mean kernel of wasm is several times slower. */
export const mean = (x: Tensor, axes?: Axes, keepDims = false): Tensor => {
  const reduced = tf.util.parseAxisParam(axes ?? x.shape.map((_, axis) => axis), x.shape);
  const count = reduced.reduce((product, axis) => product * x.shape[axis]!, 1);
  return tf.div(tf.sum(x, axes, keepDims), count);
};
/** Largest value along the axes; ties share the gradient equally. */
export const max = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.max(x, axes, keepDims);
/** Smallest value along the axes; ties share the gradient equally. */
export const min = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.min(x, axes, keepDims);
/** log Σ e^x over the axes, without overflow. */
export const logSumExp = (x: Tensor, axes?: Axes, keepDims = false): Tensor => {
  // The shift cancels in value and gradient, so it need not be on the tape.
  const shift = untracked(() => tf.max(x, axes, true));
  const shifted = tf.log(tf.sum(tf.exp(tf.sub(x, shift)), axes, true));
  const whole = tf.add(shifted, shift);
  if (keepDims) return whole;
  const reduced = tf.util.parseAxisParam(axes ?? x.shape.map((_, axis) => axis), x.shape);
  return tf.reshape(
    whole,
    x.shape.filter((_, axis) => !reduced.includes(axis)),
  );
};
/** e^x / Σ e^x along the last axis. */
export const softmax = (x: Tensor): Tensor => tf.softmax(x);
/** log softmax along the last axis, as z − logsumexp(z): tf.logSoftmax has no second derivative. */
export const logSoftmax = (x: Tensor): Tensor => tf.sub(x, logSumExp(x, -1, true));
/** Running sums along an axis. `exclusive`: without the element itself; `reverse`: from the end. */
export const cumsum = (x: Tensor, axis: number, exclusive = false, reverse = false): Tensor =>
  tf.cumsum(x, axis, exclusive, reverse);
/**
 * Indices that sort the last axis from large to small, int32, of the shape of x; without gradient. Equal values keep
 * their order.
 */
export const descendingOrder = (x: Tensor): Tensor =>
  untracked(() => tf.topk(x, x.shape[x.rank - 1], true).indices);
