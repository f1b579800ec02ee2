import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { untracked } from '../untracked.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';
import { keptShape } from './reduce-to-shape.js';

type Axes = number | number[] | null | undefined;

/**
 * dy where x has its extremum, shared equally among ties: the parts add up to dy. (Stock gives the whole of dy to
 * each.)
 */
function toExtrema(dy: Tensor, x: Tensor, y: Tensor, axes: Axes): Tensor {
  const kept = keptShape(x.shape, axes);
  const share = untracked(() => {
    const hits = tf.cast(tf.equal(x, tf.reshape(y, kept)), 'float32');
    return tf.div(hits, tf.reshape(tf.sum(hits, axes ?? undefined), kept));
  });
  return tf.mul(tf.reshape(dy, kept), share);
}

const sumRule: GradientRule<{ readonly axis: Axes }> = {
  kernel: tf.Sum,
  inputs: ['x'],
  gradient: (dy, [x], { axis }) => ({
    x: () =>
      tf.mul(
        tf.reshape(dy, keptShape(x!.shape, axis)),
        untracked(() => tf.onesLike(x!)),
      ),
  }),
};

const maxRule: GradientRule<{ readonly reductionIndices: Axes }> = {
  kernel: tf.Max,
  inputs: ['x'],
  output: true,
  gradient: (dy, [x, y], { reductionIndices }) => ({ x: () => toExtrema(dy, x!, y!, reductionIndices) }),
};

const minRule: GradientRule<{ readonly axis: Axes }> = {
  kernel: tf.Min,
  inputs: ['x'],
  output: true,
  gradient: (dy, [x, y], { axis }) => ({ x: () => toExtrema(dy, x!, y!, axis) }),
};

/** Stock transposes the result when the axis is not the last one. */
const cumsumRule: GradientRule<{
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}> = {
  kernel: tf.Cumsum,
  inputs: [],
  gradient: (dy, _saved, { axis, exclusive, reverse }) => ({
    x: () => tf.cumsum(dy, axis, exclusive, !reverse),
  }),
};

const softmaxRule: GradientRule<{ readonly dim: number }> = {
  kernel: tf.Softmax,
  inputs: ['logits'],
  gradient: (dy, [logits], { dim }) => ({
    logits: () => {
      const y = tf.softmax(logits!, dim);
      const weighted = tf.mul(dy, y);
      return tf.sub(weighted, tf.mul(tf.sum(weighted, dim, true), y));
    },
  }),
};

export const reductionRules: readonly GradConfig[] = [
  gradientConfig(sumRule),
  gradientConfig(maxRule),
  gradientConfig(minRule),
  gradientConfig(cumsumRule),
  gradientConfig(softmaxRule),
];
