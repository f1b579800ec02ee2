/**
 * What a head of a model predicts.
 * - binary: one logit per position, prediction and target [N, 1] (or [N, …, 1]), target 0, 1 or in between;
 * - multiclass: C logits on the last axis, target one-hot (or a distribution) of the same shape;
 * - regression: real values, prediction and target [N, D].
 */
export type TargetKind = 'binary' | 'multiclass' | 'regression';

/** One output of a model. */
export interface Head {
  readonly name: string;
  readonly kind: TargetKind;
  /** Width of the prediction: 1 for binary, C for multiclass, D for regression. */
  readonly outputs: number;
}
