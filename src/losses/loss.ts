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

/** A static choice: changes the graph, is never differentiated or scheduled. */
export type LossOption = LossChoice | LossText;

/** One of some values. First value is the default. */
export interface LossChoice {
  readonly name: string;
  readonly choices: readonly (string | number | boolean)[];
  readonly summary: string;
}

/** A text of the user's, such as a formula. */
export interface LossText {
  readonly name: string;
  /** Where a candidate says nothing, by kind of target: all that the loss serves. */
  readonly defaults: Readonly<Partial<Record<TargetKind, string>>>;
  /**
   * The text in the form in which the loss gets it; equal forms share graphs.
   * @throws Error whose message says on one line what is wrong with the text
   */
  read(text: string, kind: TargetKind): string;
  readonly summary: string;
}

/** What a loss gets of its options: a choice or a text of each. */
export type LossOptions = Readonly<Record<string, string | number | boolean>>;

/** What a loss is a function of, for a batch of N samples. */
export interface LossInputs {
  /** Logits (binary, multiclass) or values (regression), batch axis first. */
  readonly prediction: Tensor;
  /** Same shape as the prediction, float32. */
  readonly target: Tensor;
  /** θ by parameter name: scalars, or [C] for `shape: 'class'`. Always tensors, never numbers. */
  readonly theta: Readonly<Record<string, Tensor>>;
  /** The choice or text of every {@link LossOption} by name. */
  readonly options: LossOptions;
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
  /** Textbook settings of the options, by kind of target: controls likewise. */
  readonly textbookOptions?: Readonly<Partial<Record<TargetKind, readonly LossOptions[]>>>;
}
