import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';
import { reduceToShape } from './reduce-to-shape.js';

/** dy where a comparison of a and b holds, 0 elsewhere, summed back to a shape. The comparison is a constant. */
const masked = (dy: Tensor, compare: () => Tensor, shape: readonly number[]): Tensor =>
  reduceToShape(
    tf.mul(
      dy,
      untracked(() => tf.cast(compare(), 'float32')),
    ),
    shape,
  );

/** The stock rules of these two neither sum back over broadcast axes nor have a second derivative. */
const extremum = (
  kernel: string,
  winsA: (a: Tensor, b: Tensor) => Tensor,
  winsB: (a: Tensor, b: Tensor) => Tensor,
): GradientRule => ({
  kernel,
  inputs: ['a', 'b'],
  gradient: (dy, saved) => {
    const a = saved[0]!;
    const b = saved[1]!;
    return {
      a: () => masked(dy, () => winsA(a, b), a.shape),
      b: () => masked(dy, () => winsB(a, b), b.shape),
    };
  },
});

const rules: readonly GradientRule[] = [
  // A tie counts for a.
  extremum(tf.Maximum, tf.greaterEqual, tf.less),
  extremum(tf.Minimum, tf.lessEqual, tf.greater),
  {
    kernel: tf.Select,
    inputs: ['condition'],
    gradient: (dy, [condition]) => ({
      t: () =>
        tf.mul(
          dy,
          untracked(() => tf.cast(condition!, 'float32')),
        ),
      e: () =>
        tf.mul(
          dy,
          untracked(() => tf.cast(tf.logicalNot(condition!), 'float32')),
        ),
    }),
  },
];

export const selectionRules: readonly GradConfig[] = rules.map(gradientConfig);
