import { tf } from '../tfjs.js';
import type { Tensor, TensorLike } from '../tensor-types.js';

// All broadcast as NumPy does.

/** a + b. */
export const add = (a: TensorLike, b: TensorLike): Tensor => tf.add(a, b);
/** a − b. */
export const sub = (a: TensorLike, b: TensorLike): Tensor => tf.sub(a, b);
/** a · b, elementwise. */
export const mul = (a: TensorLike, b: TensorLike): Tensor => tf.mul(a, b);
/** a / b. */
export const div = (a: TensorLike, b: TensorLike): Tensor => tf.div(a, b);
/**
 * base^exponent for base ≥ 0. At base 0 the derivative is infinite for exponents below 1, and the second one for
 * exponents below 2: keep the base above 0 where those occur. The derivative by the exponent is 0 where base ≤ 0.
 */
export const pow = (base: TensorLike, exponent: TensorLike): Tensor => tf.pow(base, exponent);
/** The larger of two; the gradient of a tie goes to a. */
export const maximum = (a: TensorLike, b: TensorLike): Tensor => tf.maximum(a, b);
/** The smaller of two; the gradient of a tie goes to a. */
export const minimum = (a: TensorLike, b: TensorLike): Tensor => tf.minimum(a, b);
/** min(max(x, low), high); derivative 1 at the bounds. */
export const clip = (x: Tensor, low: TensorLike, high: TensorLike): Tensor =>
  tf.minimum(tf.maximum(x, low), high);
