import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';

/** Undoes a broadcast: sums a gradient over the axes along which an input of this shape was repeated. */
export function reduceToShape(gradient: Tensor, shape: readonly number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], gradient.shape);
  return tf.reshape(axes.length === 0 ? gradient : tf.sum(gradient, axes), [...shape]);
}

/** The shape with each of the axes (all of them when absent) made 1. */
export function keptShape(shape: readonly number[], axes: number | number[] | null | undefined): number[] {
  const reduced = tf.util.parseAxisParam(axes ?? shape.map((_, axis) => axis), [...shape]);
  return shape.map((extent, axis) => (reduced.includes(axis) ? 1 : extent));
}
