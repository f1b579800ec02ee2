import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';
import { reduceToShape } from './reduce-to-shape.js';

/** Smallest normal float32 is 1.2e-38: keeps the logarithm of a zero base finite. */
const TINY = 1e-37;

/** A rule for a kernel of two broadcast operands from the partial derivatives times dy. */
const binary = (
  kernel: string,
  partial: (dy: Tensor, a: Tensor, b: Tensor) => { readonly a: () => Tensor; readonly b: () => Tensor },
): GradientRule => ({
  kernel,
  inputs: ['a', 'b'],
  gradient: (dy, saved) => {
    const a = saved[0]!;
    const b = saved[1]!;
    const by = partial(dy, a, b);
    return { a: () => reduceToShape(by.a(), a.shape), b: () => reduceToShape(by.b(), b.shape) };
  },
});

export const arithmeticRules: readonly GradConfig[] = [
  binary(tf.Add, (dy) => ({ a: () => dy, b: () => dy })),
  binary(tf.Sub, (dy) => ({ a: () => dy, b: () => tf.neg(dy) })),
  binary(tf.Multiply, (dy, a, b) => ({ a: () => tf.mul(dy, b), b: () => tf.mul(dy, a) })),
  binary(tf.RealDiv, (dy, a, b) => ({
    a: () => tf.div(dy, b),
    // (a/b)/b and not a/b²: b² leaves float32 long before b does.
    b: () => tf.neg(tf.mul(dy, tf.div(tf.div(a, b), b))),
  })),
  binary(tf.Pow, (dy, a, b) => ({
    a: () => tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))),
    // 0 by the exponent where the base is not positive, as in TensorFlow.
    b: () => tf.mul(dy, tf.mul(tf.pow(a, b), tf.mul(tf.step(a), tf.log(tf.maximum(a, TINY))))),
  })),
].map(gradientConfig);
