import type * as tf from '@tensorflow/tfjs-core';

export type Tensor = tf.Tensor;

/** A tensor, or a number that stands for a float32 scalar that never changes. */
export type TensorLike = Tensor | number;
