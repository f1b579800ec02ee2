import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import type { KernelPatch } from './kernel-patch.js';

const swapped = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
};

/**
 * The wasm kernel leaves XNNPACK for a plain loop as soon as an operand is transposed: 310 µs instead of 40 for
 * [128, 64]ᵀ·[128, 64]. Every backward pass transposes, so operands are transposed first.
 */
export const transposedMatrixProduct: KernelPatch = {
  kernel: tf.BatchMatMul,
  backends: ['wasm'],
  make: (original) => (inputs, attributes, backend) => {
    const a = attributes['transposeA'] === true ? swapped(inputs['a']!) : inputs['a']!;
    const b = attributes['transposeB'] === true ? swapped(inputs['b']!) : inputs['b']!;
    const product = original!.kernelFunc({
      inputs: { a, b },
      backend,
      attrs: { ...attributes, transposeA: false, transposeB: false },
    }) as TensorInfo;
    if (a !== inputs['a']) a.dispose();
    if (b !== inputs['b']) b.dispose();
    return product;
  },
};
