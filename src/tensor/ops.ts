import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, TensorLike } from './tensor-types.js';

/** Axes of a reduction; all of them when left out. */
type Axes = number | number[];

export const add = (a: TensorLike, b: TensorLike): Tensor => tf.add(a, b);
export const sub = (a: TensorLike, b: TensorLike): Tensor => tf.sub(a, b);
export const mul = (a: TensorLike, b: TensorLike): Tensor => tf.mul(a, b);
export const div = (a: TensorLike, b: TensorLike): Tensor => tf.div(a, b);
export const pow = (base: TensorLike, exponent: TensorLike): Tensor => tf.pow(base, exponent);
export const maximum = (a: TensorLike, b: TensorLike): Tensor => tf.maximum(a, b);
export const minimum = (a: TensorLike, b: TensorLike): Tensor => tf.minimum(a, b);
export const neg = (x: Tensor): Tensor => tf.neg(x);
export const abs = (x: Tensor): Tensor => tf.abs(x);
export const exp = (x: Tensor): Tensor => tf.exp(x);
export const expm1 = (x: Tensor): Tensor => tf.expm1(x);
export const log = (x: Tensor): Tensor => tf.log(x);
export const log1p = (x: Tensor): Tensor => tf.log1p(x);
export const sqrt = (x: Tensor): Tensor => tf.sqrt(x);
export const square = (x: Tensor): Tensor => tf.square(x);
export const reciprocal = (x: Tensor): Tensor => tf.reciprocal(x);
export const sign = (x: Tensor): Tensor => tf.sign(x);
export const relu = (x: Tensor): Tensor => tf.relu(x);
export const elu = (x: Tensor): Tensor => tf.elu(x);
export const sigmoid = (x: Tensor): Tensor => tf.sigmoid(x);
export const tanh = (x: Tensor): Tensor => tf.tanh(x);
export const softplus = (x: Tensor): Tensor => tf.softplus(x);
/** log σ(x) = −softplus(−x). */
export const logSigmoid = (x: Tensor): Tensor => tf.neg(tf.softplus(tf.neg(x)));
/** min(max(x, low), high). */
export const clip = (x: Tensor, low: TensorLike, high: TensorLike): Tensor =>
  tf.minimum(tf.maximum(x, low), high);
export const greater = (a: TensorLike, b: TensorLike): Tensor => tf.greater(a, b);
export const greaterEqual = (a: TensorLike, b: TensorLike): Tensor => tf.greaterEqual(a, b);
export const less = (a: TensorLike, b: TensorLike): Tensor => tf.less(a, b);
export const lessEqual = (a: TensorLike, b: TensorLike): Tensor => tf.lessEqual(a, b);
export const equal = (a: TensorLike, b: TensorLike): Tensor => tf.equal(a, b);
export const logicalNot = (x: Tensor): Tensor => tf.logicalNot(x);
export const logicalAnd = (a: Tensor, b: Tensor): Tensor => tf.logicalAnd(a, b);
export const logicalOr = (a: Tensor, b: Tensor): Tensor => tf.logicalOr(a, b);
export const toFloat = (x: Tensor): Tensor => tf.cast(x, 'float32');
/** Elementwise choice. Clamp inside the branch not taken too: its NaN would poison the gradient. */
export const where = (condition: Tensor, a: TensorLike, b: TensorLike): Tensor => tf.where(condition, a, b);
export const sum = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.sum(x, axes, keepDims);
export const mean = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.mean(x, axes, keepDims);
export const max = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.max(x, axes, keepDims);
export const min = (x: Tensor, axes?: Axes, keepDims = false): Tensor => tf.min(x, axes, keepDims);
export const logSumExp = (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
  tf.logSumExp(x, axes, keepDims);
/** Along the last axis. */
export const softmax = (x: Tensor): Tensor => tf.softmax(x);
/** Along the last axis: z − logsumexp(z), which has a second derivative (tf.logSoftmax has none). */
export const logSoftmax = (x: Tensor): Tensor => tf.sub(x, tf.logSumExp(x, -1, true));
export const matMul = (a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor =>
  tf.matMul(a, b, transposeA, transposeB);
/** NHWC, filter [height, width, in, out], dilation 1. */
export const conv2d = (x: Tensor, filter: Tensor, stride: number, padding: 'same' | 'valid'): Tensor =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, padding);
/** NHWC; window = stride = size; height and width must be multiples of size. */
export const maxPool = (x: Tensor, size: number): Tensor => tf.maxPool(x as tf.Tensor4D, size, size, 'valid');
export const averagePool = (x: Tensor, size: number): Tensor =>
  tf.avgPool(x as tf.Tensor4D, size, size, 'valid');
export const reshape = (x: Tensor, shape: readonly number[]): Tensor => tf.reshape(x, [...shape]);
export const transpose = (x: Tensor, permutation: readonly number[]): Tensor =>
  tf.transpose(x, [...permutation]);
export const concat = (parts: readonly Tensor[], axis: number): Tensor => tf.concat([...parts], axis);
export const slice = (x: Tensor, begin: readonly number[], size: readonly number[]): Tensor =>
  tf.slice(x, [...begin], [...size]);
export const expandDims = (x: Tensor, axis: number): Tensor => tf.expandDims(x, axis);
export const squeeze = (x: Tensor, axes?: number[]): Tensor => tf.squeeze(x, axes);
export const tile = (x: Tensor, repetitions: readonly number[]): Tensor => tf.tile(x, [...repetitions]);
/** Rows of x by int32 indices; for data, not for parameters (no gradient on wasm). */
export const gatherRows = (x: Tensor, indices: Tensor): Tensor => tf.gather(x, indices);
export const oneHot = (indices: Tensor, classes: number): Tensor =>
  tf.cast(tf.oneHot(tf.cast(indices, 'int32'), classes), 'float32');
export const onesLike = (x: Tensor): Tensor => tf.onesLike(x);
export const zerosLike = (x: Tensor): Tensor => tf.zerosLike(x);
/** The value without its gradient (TensorFlow.js has no such op). */
export const stopGradient = (x: Tensor): Tensor =>
  tf.customGrad((value: unknown) => ({
    value: tf.clone(value as Tensor),
    gradFunc: (dy: Tensor) => tf.zerosLike(dy),
  }))(x);
