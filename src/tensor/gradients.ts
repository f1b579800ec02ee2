import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from './tensor-types.js';

/** x_1 … x_n → the value of a scalar function and its gradients. Composes: may be called inside itself. */
export function valueAndGradients(
  body: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): { readonly value: Tensor; readonly gradients: readonly Tensor[] } {
  const { value, grads } = tf.valueAndGrads(body)([...inputs]);
  return { value, gradients: grads };
}

export function gradients(
  body: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): readonly Tensor[] {
  return tf.grads(body)([...inputs]);
}
