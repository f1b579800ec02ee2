import type { ParameterSpec } from '../candidate/parameter-spec.js';
import type { Tensor } from '../tensor/index.js';

/** Where the value of one θ comes from at every step. */
export type SlotSource =
  | { readonly kind: 'parameter'; readonly spec: ParameterSpec }
  /** Weight of a head from the mean losses of the last two epochs (Liu CVPR'19, eq. 7). */
  | { readonly kind: 'dynamic-weight-average'; readonly head: string; readonly temperature: number };

/** One θ of a built loss: an input of the training step, never a constant in it. */
export interface ThetaSlot {
  /** Where it stands in the candidate: `loss.gamma`, `loss.terms.0.weight`, `loss.heads.class.gamma`. */
  readonly path: string;
  /** 1, or the number of classes. A slot of size 1 is fed as a scalar, else as [size]. */
  readonly size: number;
  readonly source: SlotSource;
}

/** A parameter that the optimizer learns together with the model (uncertainty weighting). */
export interface LearnedParameter {
  /** Starts with `loss/`, so that it cannot meet a parameter of the model. */
  readonly name: string;
  readonly initial: number;
}

/** What a built loss is a function of, for a batch of N samples: predictions, targets and all of θ, as tensors. */
export interface BuiltLossInputs {
  /** By head, [N, outputs]: logits, or values of a regression head. */
  readonly predictions: Readonly<Record<string, Tensor>>;
  /** By head, [N, outputs], float32: 0 or 1, one-hot, or values. */
  readonly targets: Readonly<Record<string, Tensor>>;
  /** One per slot, in order. */
  readonly theta: readonly Tensor[];
  /** By name of the learned parameter: scalars. */
  readonly learned: Readonly<Record<string, Tensor>>;
  /** Samples per class in the training part, by head, [C] (binary: [negatives, positives]); absent for regression heads. */
  readonly classCounts: Readonly<Record<string, Tensor>>;
}

/** A loss specification turned into a function of tensors. */
export interface BuiltLoss {
  /** Canonical JSON of all that shapes the graph: names, options, sizes; no θ. Equal structures share graphs. */
  readonly structure: string;
  readonly slots: readonly ThetaSlot[];
  readonly learned: readonly LearnedParameter[];
  /** Total [N] over heads and terms with their weights, and the unweighted loss [N] of each head. */
  perSample(inputs: BuiltLossInputs): {
    readonly total: Tensor;
    readonly heads: Readonly<Record<string, Tensor>>;
  };
}
