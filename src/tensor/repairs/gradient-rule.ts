import type * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor-types.js';

/**
 * The gradient of one kernel. It saves INPUTS: a saved output is a constant on the tape of TensorFlow.js, which
 * loses second derivatives (tensorflow/tfjs issue 3252). Outputs may only be saved to find positions in them.
 */
export interface GradientRule<Attributes = Readonly<Record<string, never>>> {
  readonly kernel: string;
  /** Names of the inputs that the gradient reads, or all of a kernel whose inputs are a list. */
  readonly inputs: readonly string[] | 'all';
  /** Also save the (first) output. */
  readonly output?: true;
  /**
   * dL/d(output) → dL/d(input) by the name of the input, each computed only when asked for. `saved` holds the inputs
   * in order, then the output. A result must be a new tensor: the tape disposes of what it accumulates.
   */
  gradient(dy: Tensor, saved: readonly Tensor[], attributes: Attributes): Record<string, () => Tensor>;
}

/** A rule as the registry of TensorFlow.js wants it. */
export function gradientConfig<Attributes>(rule: GradientRule<Attributes>): tf.GradConfig {
  return {
    kernelName: rule.kernel,
    ...(rule.inputs === 'all' ? { saveAllInputs: true } : { inputsToSave: [...rule.inputs] }),
    ...(rule.output === true ? { outputsToSave: [true] } : {}),
    gradFunc: (dy, saved, attributes) => rule.gradient(dy as Tensor, saved, attributes as Attributes),
  };
}
