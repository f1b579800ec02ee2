import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';

/** A rule for y = f(x), from dy and x. */
const unary = (kernel: string, partial: (dy: Tensor, x: Tensor) => Tensor): GradientRule => ({
  kernel,
  inputs: ['x'],
  gradient: (dy, saved) => ({ x: () => partial(dy, saved[0]!) }),
});

/** By the sign of y, which is that of x wherever it counts: x itself need not be kept. */
const relu: GradientRule = {
  kernel: tf.Relu,
  inputs: [],
  output: true,
  gradient: (dy, [y]) => ({
    x: () =>
      tf.mul(
        dy,
        untracked(() => tf.step(y!)),
      ),
  }),
};

/** y is computed again from x, so that a second derivative finds its way; on most backends that is one cheap kernel. */
export const elementwiseRules: readonly GradConfig[] = [
  relu,
  unary(tf.Neg, (dy) => tf.neg(dy)),
  // sign and not the stock step(x, −1): the derivative at 0 is 0, and not −1.
  unary(tf.Abs, (dy, x) =>
    tf.mul(
      dy,
      untracked(() => tf.sign(x)),
    ),
  ),
  unary(tf.Square, (dy, x) => tf.mul(dy, tf.mul(x, 2))),
  unary(tf.Sqrt, (dy, x) => tf.div(dy, tf.mul(tf.sqrt(x), 2))),
  unary(tf.Reciprocal, (dy, x) => tf.neg(tf.div(dy, tf.square(x)))),
  unary(tf.Exp, (dy, x) => tf.mul(dy, tf.exp(x))),
  unary(tf.Expm1, (dy, x) => tf.mul(dy, tf.exp(x))),
  unary(tf.Log, (dy, x) => tf.div(dy, x)),
  unary(tf.Log1p, (dy, x) => tf.div(dy, tf.add(x, 1))),
  unary(tf.Sin, (dy, x) => tf.mul(dy, tf.cos(x))),
  unary(tf.Cos, (dy, x) => tf.neg(tf.mul(dy, tf.sin(x)))),
  // exp(min(x, 0)) is 1 for x > 0: no choice needed.
  unary(tf.Elu, (dy, x) => tf.mul(dy, tf.exp(tf.minimum(x, 0)))),
  unary(tf.Sigmoid, (dy, x) => {
    const y = tf.sigmoid(x);
    return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  }),
  unary(tf.Tanh, (dy, x) => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x))))),
  unary(tf.Softplus, (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  // The exponent of tf.pow steps on its base; no path leads through it.
  unary(tf.Step, (dy) => tf.zerosLike(dy)),
  unary(tf.Cast, (dy) => tf.cast(dy, 'float32')),
  unary(tf.Identity, (dy) => tf.clone(dy)),
].map((rule) => gradientConfig(rule));
