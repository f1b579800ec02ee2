import type { Named } from '../core/registry.js';
import type { TargetKind } from '../problem/head.js';

/** Predictions and targets of one head, row-major [size, outputs]. */
export interface MetricInput {
  readonly kind: TargetKind;
  /** Logits, or values for regression. */
  readonly prediction: Float32Array;
  /** 0/1, one-hot, or values. */
  readonly target: Float32Array;
  readonly size: number;
  readonly outputs: number;
}

/**
 * A score of a head on a part of the data. `prepare` does what does not depend on the weights (sorting, softmax)
 * once; the returned function takes the multiplicity of each sample (all 1 when absent), which is how the
 * bootstrap resamples. Undefined cases (AUROC of one class) give NaN.
 */
export interface Metric extends Named {
  readonly targets: readonly TargetKind[];
  readonly direction: 'maximize' | 'minimize';
  prepare(input: MetricInput): (weights?: Float64Array) => number;
  readonly source: string;
}
