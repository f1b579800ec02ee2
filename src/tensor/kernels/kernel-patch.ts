import type * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor-types.js';

/** Inputs of a kernel by name; the engine always passes tensors. */
export type KernelInputs = Readonly<Record<string, Tensor>>;

/** A kernel that a backend lacks, or has in a slow form. Works for any backend: it is made of other operations. */
export interface KernelPatch {
  readonly kernel: string;
  /** Backends that get it. */
  readonly backends: readonly string[];
  /**
   * The new kernel. The tape is off while it runs, and it must leave only its result behind.
   * @param original the kernel of the backend, where it has one
   */
  make(
    original: tf.KernelConfig | undefined,
  ): (inputs: KernelInputs, attributes: tf.NamedAttrMap, backend: object) => tf.TensorInfo;
}
