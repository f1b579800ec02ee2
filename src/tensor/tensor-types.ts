import type * as tf from '@tensorflow/tfjs-core';

/**
 * A TensorFlow.js tensor: float32 unless an operation says otherwise, shape without names. Losses and models make
 * others of it with `ops` alone, so that both engines can run them.
 */
export type Tensor = tf.Tensor;

/** A tensor, or a number that stands for a float32 scalar that never changes. */
export type TensorLike = Tensor | number;
