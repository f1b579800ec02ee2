import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';

/** The same values, row-major, in another shape; one extent may be −1. */
export const reshape = (x: Tensor, shape: readonly number[]): Tensor => tf.reshape(x, [...shape]);
/** Axis i of the result is axis permutation[i] of x. */
export const transpose = (x: Tensor, permutation: readonly number[]): Tensor =>
  tf.transpose(x, [...permutation]);
/** Joins along an existing axis. */
export const concat = (parts: readonly Tensor[], axis: number): Tensor => tf.concat([...parts], axis);
/** Joins along a new axis. */
export const stack = (parts: readonly Tensor[], axis: number): Tensor =>
  tf.concat(
    parts.map((part) => tf.expandDims(part, axis)),
    axis,
  );
/** The block of x that starts at begin; a size of −1 reaches to the end. */
export const slice = (x: Tensor, begin: readonly number[], size: readonly number[]): Tensor =>
  tf.slice(x, [...begin], [...size]);
/** Adds a constant before and after along each axis. */
export const pad = (x: Tensor, paddings: readonly (readonly [number, number])[], value = 0): Tensor =>
  tf.pad(
    x,
    paddings.map(([before, after]): [number, number] => [before, after]),
    value,
  );
/** A new axis of extent 1. */
export const expandDims = (x: Tensor, axis: number): Tensor => tf.expandDims(x, axis);
/** Without the named axes of extent 1, or without all of them. */
export const squeeze = (x: Tensor, axes?: number[]): Tensor => tf.squeeze(x, axes);
/** Repeats x along each axis. */
export const tile = (x: Tensor, repetitions: readonly number[]): Tensor => tf.tile(x, [...repetitions]);
/** Repeats along axes of extent 1, and in front, until x has the shape. */
export const broadcastTo = (x: Tensor, shape: readonly number[]): Tensor => tf.broadcastTo(x, [...shape]);
/** Rows of x (along axis 0) by int32 indices, in their shape. Rows that occur twice add their gradients. */
export const gatherRows = (x: Tensor, indices: Tensor): Tensor => tf.gather(x, indices);
/** Indices [N] (int32, or whole floats) → float32 [N, classes]; without gradient. */
export const oneHot = (indices: Tensor, classes: number): Tensor =>
  untracked(() => tf.cast(tf.oneHot(tf.cast(indices, 'int32'), classes), 'float32'));
/** Ones in the shape of x. */
export const onesLike = (x: Tensor): Tensor => untracked(() => tf.onesLike(x));
/** Zeros in the shape of x. */
export const zerosLike = (x: Tensor): Tensor => untracked(() => tf.zerosLike(x));
/** The value as a constant: no gradient flows back (TensorFlow.js has no such op). */
export const stopGradient = (x: Tensor): Tensor => untracked(() => tf.clone(x));
