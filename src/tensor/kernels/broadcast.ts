import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import type { KernelPatch } from './kernel-patch.js';

/** XNNPACK, which repeats the operand, takes no more axes. */
const LARGEST_RANK = 6;

const KERNELS = [
  tf.Maximum,
  tf.Minimum,
  tf.Pow,
  tf.Equal,
  tf.NotEqual,
  tf.Greater,
  tf.GreaterEqual,
  tf.Less,
  tf.LessEqual,
];

/** An operand whose own axes, after leading ones, are the last axes of the result: repeated as a whole block. */
function isBlock(operand: Tensor, shape: readonly number[]): boolean {
  const own = operand.shape.slice(operand.shape.findIndex((extent) => extent !== 1));
  return operand.size === 1 || tf.util.arraysEqual(own, shape.slice(shape.length - own.length));
}

/** The operand in the shape of the result. Times one changes no value, not even −0, ∞ or NaN. */
function repeated(operand: Tensor, shape: readonly number[]): Tensor {
  const offset = shape.length - operand.rank;
  const ones = shape.map((extent, axis) => (operand.shape[axis - offset] === extent ? 1 : extent));
  return tf.tidy(() => tf.mul(operand, tf.ones(ones)));
}

/**
 * Other than its arithmetic, the comparisons, powers and extrema of wasm find the place of every value anew when an
 * operand is repeated along inner axes: 430 µs for [128, 64] against [128, 1] instead of 30. So that operand is
 * repeated first.
 */
export const broadcasts: readonly KernelPatch[] = KERNELS.map((kernel) => ({
  kernel,
  backends: ['wasm'],
  make: (original) => (inputs, attributes, backend) => {
    const operands = { a: inputs['a']!, b: inputs['b']! };
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(operands.a.shape, operands.b.shape);
    const spread = (operand: Tensor): Tensor =>
      operand.dtype !== 'float32' || shape.length > LARGEST_RANK || isBlock(operand, shape)
        ? operand
        : repeated(operand, shape);
    const a = spread(operands.a);
    const b = spread(operands.b);
    const result = original!.kernelFunc({ inputs: { a, b }, backend, attrs: attributes }) as TensorInfo;
    if (a !== operands.a) a.dispose();
    if (b !== operands.b) b.dispose();
    return result;
  },
}));
