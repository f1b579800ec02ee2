import type { TensorContainer } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';
import type { Tensor } from './tensor-types.js';

/** A tensor from host values, row-major. */
export function tensorFrom(
  values: Float32Array | Int32Array,
  shape: readonly number[],
  dtype: 'float32' | 'int32' = 'float32',
): Tensor {
  return tf.tensor(values, [...shape], dtype);
}

export const scalar = (value: number): Tensor => tf.scalar(value);

/** Values of a tensor, synchronously. Not allowed inside a loss: a traced value has none. */
export const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();

export const readAsync = (tensor: Tensor): Promise<Float32Array> => tensor.data<'float32'>();

/** Runs a function and frees every tensor it made but the ones it returns. */
export function tidy<Result extends TensorContainer>(body: () => Result): Result {
  return tf.tidy(body);
}

/** Saves a tensor from the enclosing tidy. */
export const keep = (tensor: Tensor): Tensor => tf.keep(tensor);

export function dispose(...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}

/** Number of live tensors; leak tests compare it before and after. */
export const liveTensors = (): number => tf.memory().numTensors;
