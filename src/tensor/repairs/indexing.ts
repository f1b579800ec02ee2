import type { GradConfig, Tensor1D } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';

/** Gathering rows and summing rows by index are each other's gradient. */
const gatherRule: GradientRule<{ readonly axis: number; readonly batchDims: number }> = {
  kernel: tf.GatherV2,
  inputs: ['x', 'indices'],
  gradient: (dy, [x, indices]) => ({
    x: () => {
      const rows = tf.reshape(dy, [indices!.size, ...x!.shape.slice(1)]);
      const flat = tf.reshape(indices!, [indices!.size]);
      return tf.unsortedSegmentSum(rows, flat as Tensor1D, x!.shape[0]);
    },
  }),
};

const segmentSumRule: GradientRule = {
  kernel: tf.UnsortedSegmentSum,
  inputs: ['segmentIds'],
  gradient: (dy, [segments]) => ({ x: () => tf.gather(dy, segments!) }),
};

export const indexingRules: readonly GradConfig[] = [
  gradientConfig(gatherRule),
  gradientConfig(segmentSumRule),
];
