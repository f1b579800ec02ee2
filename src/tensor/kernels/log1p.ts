import { tf } from '../tfjs.js';
import type { KernelPatch } from './kernel-patch.js';

/**
 * The kernel of wasm is log(1 + x), which loses 5 % at x = 1e-6. With u = 1 + x as rounded, log(u)·x/(u − 1) is
 * right to the last digits, because the error of u cancels (Kahan; Goldberg 1991, theorem 4); where u = 1 it is x.
 */
export const log1p: KernelPatch = {
  kernel: tf.Log1p,
  backends: ['wasm'],
  make: () => (inputs) => {
    const x = inputs['x']!;
    return tf.tidy(() => {
      const u = tf.add(x, 1);
      const excess = tf.sub(u, 1);
      const lost = tf.equal(excess, 0);
      const quotient = tf.div(tf.mul(tf.log(u), x), tf.where(lost, tf.onesLike(x), excess));
      // log(∞)·∞/∞ and log(0)·(−1)/(−1): the first is not a number, and is ∞ as log1p is.
      const large = tf.greater(x, 1);
      return tf.where(lost, x, tf.where(large, tf.log(u), quotient));
    });
  },
};
