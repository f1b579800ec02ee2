import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';
import { reduceToShape } from './reduce-to-shape.js';

/** dA and dB of op(A)·op(B) for the four cases of transposed operands, written without transposing anything. */
const matrixProductRule: GradientRule<{
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}> = {
  kernel: tf.BatchMatMul,
  inputs: ['a', 'b'],
  gradient: (dy, saved, { transposeA, transposeB }) => {
    const a = saved[0]!;
    const b = saved[1]!;
    return {
      a: () =>
        reduceToShape(
          transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB),
          a.shape,
        ),
      b: () =>
        reduceToShape(
          transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false),
          b.shape,
        ),
    };
  },
};

export const matrixProductRules: readonly GradConfig[] = [gradientConfig(matrixProductRule)];
