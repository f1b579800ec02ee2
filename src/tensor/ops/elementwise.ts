import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';

/** −x. */
export const neg = (x: Tensor): Tensor => tf.neg(x);
/** |x|; derivative 0 at 0. */
export const abs = (x: Tensor): Tensor => tf.abs(x);
/** e^x; infinite above 88.7. */
export const exp = (x: Tensor): Tensor => tf.exp(x);
/** e^x − 1, exact near 0. */
export const expm1 = (x: Tensor): Tensor => tf.expm1(x);
/** Natural logarithm; −∞ at 0, NaN below. */
export const log = (x: Tensor): Tensor => tf.log(x);
/** log(1 + x), exact near 0. */
export const log1p = (x: Tensor): Tensor => tf.log1p(x);
/** √x; the derivative at 0 is infinite: add an ε inside. */
export const sqrt = (x: Tensor): Tensor => tf.sqrt(x);
/** x². */
export const square = (x: Tensor): Tensor => tf.square(x);
/** 1/x. */
export const reciprocal = (x: Tensor): Tensor => tf.reciprocal(x);
/** −1, 0 or 1; without gradient. */
export const sign = (x: Tensor): Tensor => untracked(() => tf.sign(x));
/** Sine of radians. */
export const sin = (x: Tensor): Tensor => tf.sin(x);
/** Cosine of radians. */
export const cos = (x: Tensor): Tensor => tf.cos(x);
/** max(x, 0); derivative 0 at 0. */
export const relu = (x: Tensor): Tensor => tf.relu(x);
/** x for x > 0, else e^x − 1. */
export const elu = (x: Tensor): Tensor => tf.elu(x);
/** 1/(1 + e^−x). Its logarithm loses everything below −88: use {@link logSigmoid}. */
export const sigmoid = (x: Tensor): Tensor => tf.sigmoid(x);
/** Hyperbolic tangent. */
export const tanh = (x: Tensor): Tensor => tf.tanh(x);
/** log(1 + e^x), without overflow. */
export const softplus = (x: Tensor): Tensor => tf.softplus(x);
/** log σ(x) = −softplus(−x). */
export const logSigmoid = (x: Tensor): Tensor => tf.neg(tf.softplus(tf.neg(x)));
/** bool or int32 to float32: false 0, true 1. */
export const toFloat = (x: Tensor): Tensor => tf.cast(x, 'float32');
