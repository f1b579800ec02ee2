import type { Named } from '../core/registry.js';
import type { TargetKind } from '../problem/head.js';
import type { Tensor } from '../tensor/index.js';

/** One entry of θ: a number (or one for each class) that a candidate sets, as a constant or as a schedule. */
export interface LossParameter {
  readonly name: string;
  /** 'class': one value per class (binary: [negative, positive]), fed as a tensor [C]. */
  readonly shape?: 'scalar' | 'class';
  /** Value where a candidate says nothing; in the range below. */
  readonly default: number;
  /** Inclusive range in which the loss is defined; ±Infinity for none. */
  readonly low: number;
  readonly high: number;
  /** Range worth searching, used by ready-made spaces and docs. */
  readonly typical?: readonly [number, number];
  /** 'target': a residual at which the loss changes its course, so pictures of it reach beyond. */
  readonly unit?: 'target';
  readonly summary: string;
}

/** A static choice: changes the graph, is never differentiated or scheduled. First value is the default. */
export interface LossOption {
  readonly name: string;
  readonly choices: readonly (string | number | boolean)[];
  readonly summary: string;
}

/** What a loss is a function of, for a batch of N samples. */
export interface LossInputs {
  /** Logits (binary, multiclass) or values (regression), batch axis first. */
  readonly prediction: Tensor;
  /** Same shape as the prediction, float32. */
  readonly target: Tensor;
  /** θ by parameter name: scalars, or [C] for `shape: 'class'`. Always tensors, never numbers. */
  readonly theta: Readonly<Record<string, Tensor>>;
  /** The choice of every {@link LossOption} by name. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Number of training samples of each class, [C] (binary: [negatives, positives]); absent for regression. */
  readonly classCounts?: Tensor;
}

/** Loss of every sample before any reduction: shape [N]. Positions beyond the batch axis are averaged. */
export type PerSampleLoss = (inputs: LossInputs) => Tensor;

/** A differentiable function of (prediction, target) with named parameters θ. */
export interface Loss extends Named {
  readonly parameters: readonly LossParameter[];
  readonly options?: readonly LossOption[];
  /** One implementation for each kind of target that the loss serves. */
  readonly perSample: Readonly<Partial<Record<TargetKind, PerSampleLoss>>>;
  /** Paper and equation. */
  readonly source: string;
  /** Textbook settings: run as controls in studies whose space holds this loss. */
  readonly textbook?: readonly Readonly<Record<string, number>>[];
}
