import type { GradConfig, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';

/** What the three kernels of a convolution share. NHWC, dilation 1. */
interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dataFormat: 'NHWC';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const geometry = ({ strides, pad, dataFormat, dimRoundingMode }: ConvolutionAttributes) => ({
  strides,
  pad,
  dataFormat,
  ...(dimRoundingMode === undefined ? {} : { dimRoundingMode }),
});

const forward = (x: Tensor, filter: Tensor, attributes: ConvolutionAttributes): Tensor =>
  tf.conv2d(x as Tensor4D, filter as Tensor4D, attributes.strides, attributes.pad);

const toInput = (dy: Tensor, filter: Tensor, shape: number[], attributes: ConvolutionAttributes): Tensor =>
  tf
    .engine()
    .runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...geometry(attributes), inputShape: shape });

const toFilter = (x: Tensor, dy: Tensor, shape: number[], attributes: ConvolutionAttributes): Tensor =>
  tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...geometry(attributes), filterShape: shape });

/**
 * A convolution and its two gradients are one trilinear form seen from three sides, so the derivative of each of the
 * three kernels is made of the other two: derivatives of every order exist. Stock has no rule for the filter kernel.
 */
const rules: readonly GradientRule<ConvolutionAttributes>[] = [
  {
    kernel: tf.Conv2D,
    inputs: ['x', 'filter'],
    gradient: (dy, [x, filter], attributes) => ({
      x: () => toInput(dy, filter!, x!.shape, attributes),
      filter: () => toFilter(x!, dy, filter!.shape, attributes),
    }),
  },
  {
    kernel: tf.Conv2DBackpropInput,
    inputs: ['dy', 'filter'],
    gradient: (gradient, [dy, filter], attributes) => ({
      dy: () => forward(gradient, filter!, attributes),
      filter: () => toFilter(gradient, dy!, filter!.shape, attributes),
    }),
  },
  {
    kernel: tf.Conv2DBackpropFilter,
    inputs: ['x', 'dy'],
    gradient: (gradient, [x, dy], attributes) => ({
      x: () => toInput(dy!, gradient, x!.shape, attributes),
      dy: () => forward(x!, gradient, attributes),
    }),
  },
];

export const convolutionRules: readonly GradConfig[] = rules.map(gradientConfig);
