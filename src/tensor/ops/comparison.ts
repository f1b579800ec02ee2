import { tf } from '../tfjs.js';
import type { Tensor, TensorLike } from '../tensor-types.js';
import { untracked } from '../untracked.js';

// Comparisons are piecewise constant: they are left out of the tape altogether.

/** a > b, elementwise with broadcasting; bool. */
export const greater = (a: TensorLike, b: TensorLike): Tensor => untracked(() => tf.greater(a, b));
/** a ≥ b, bool. */
export const greaterEqual = (a: TensorLike, b: TensorLike): Tensor => untracked(() => tf.greaterEqual(a, b));
/** a < b, bool. */
export const less = (a: TensorLike, b: TensorLike): Tensor => untracked(() => tf.less(a, b));
/** a ≤ b, bool. */
export const lessEqual = (a: TensorLike, b: TensorLike): Tensor => untracked(() => tf.lessEqual(a, b));
/** a = b exactly, bool. */
export const equal = (a: TensorLike, b: TensorLike): Tensor => untracked(() => tf.equal(a, b));
/** a ≠ b, bool. */
export const notEqual = (a: TensorLike, b: TensorLike): Tensor => untracked(() => tf.notEqual(a, b));
/** Not x; bool to bool. */
export const logicalNot = (x: Tensor): Tensor => untracked(() => tf.logicalNot(x));
/** a and b; bool. */
export const logicalAnd = (a: Tensor, b: Tensor): Tensor => untracked(() => tf.logicalAnd(a, b));
/** a or b; bool. */
export const logicalOr = (a: Tensor, b: Tensor): Tensor => untracked(() => tf.logicalOr(a, b));
/**
 * Elementwise choice with broadcasting. The gradient of the branch not taken is 0 times its own derivative: clamp
 * inside that branch too, or an infinite derivative there makes NaN.
 * @param condition bool; see {@link greater} and its kin
 */
export const where = (condition: Tensor, a: TensorLike, b: TensorLike): Tensor => tf.where(condition, a, b);
