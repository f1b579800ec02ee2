import type { ParameterSpec } from './parameter-spec.js';

/** One loss of the registry with its parameters; what is left out has its default. */
export interface SimpleLossSpec {
  readonly name: string;
  /** θ by name: a number, a list (for parameters of one value per class), or a schedule. */
  readonly parameters?: Readonly<Record<string, ParameterSpec>>;
  /** Static choices of the loss (part of the graph, not of θ), such as `over: batch`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** Σ_k weight_k · loss_k on one output. */
export interface MixtureSpec {
  readonly name: 'weighted-sum';
  readonly terms: readonly { readonly weight: ParameterSpec; readonly loss: SimpleLossSpec }[];
}

/** The loss of one head: one of the registry, or a weighted sum of several (weights ≥ 0). */
export type LossSpec = SimpleLossSpec | MixtureSpec;

/** Temperature of dynamic weight average where none is given, as in the paper (Liu CVPR'19). */
export const AVERAGE_TEMPERATURE = 2;

/** How the losses of the heads of a multi-task model are weighted (facts: Kendall CVPR'18, Liu CVPR'19). */
export type TaskWeightingSpec =
  | { readonly name: 'fixed'; readonly weights: Readonly<Record<string, ParameterSpec>> }
  | { readonly name: 'uncertainty' }
  | { readonly name: 'dynamic-weight-average'; readonly temperature?: number };

/** One loss per head of a multi-task model. */
export interface MultiTaskSpec {
  readonly name: 'multi-task';
  readonly heads: Readonly<Record<string, LossSpec>>;
  readonly weighting: TaskWeightingSpec;
}

export type DifficultySpec =
  | { readonly score: 'reference-loss' }
  | { readonly score: 'class-rarity' }
  | { readonly score: 'column'; readonly column: string };

export type PacingName = 'linear' | 'quadratic' | 'root' | 'step' | 'exponential' | 'logarithmic';

/** Which samples are drawn: a growing part of an ordering (Bengio ICML'09; Wu ICLR'21). */
export interface PacedCurriculumSpec {
  readonly kind: 'paced';
  readonly difficulty: DifficultySpec;
  readonly order: 'easy-first' | 'hard-first' | 'random';
  readonly pacing: {
    readonly function: PacingName;
    /** Fraction of the data at τ = 0, in (0, 1]. */
    readonly start: number;
    /** Progress τ at which all the data is in use, in (0, 1]. */
    readonly full: number;
  };
}

/** How much each sample counts, by its own current loss (Kumar NIPS'10; Jiang AAAI'15). */
export interface SelfPacedCurriculumSpec {
  readonly kind: 'self-paced';
  readonly weights: 'hard' | 'linear' | 'logarithmic';
  /** `down` lowers the weight of hard samples (label noise), `up` raises it (imbalance, as focal does). */
  readonly direction: 'down' | 'up';
  /** λ as a quantile in [0, 1] of the losses last seen. */
  readonly threshold: ParameterSpec;
}

/** Which samples count, or how much, at progress τ: `paced` chooses among them, `self-paced` weighs them in [0, 1]. */
export type CurriculumSpec = PacedCurriculumSpec | SelfPacedCurriculumSpec;

/**
 * One point of a search space: a complete, serialisable loss specification. Its canonical JSON and hash name it
 * everywhere.
 */
export interface Candidate {
  readonly loss: LossSpec | MultiTaskSpec;
  readonly curriculum?: CurriculumSpec;
  /** Replaces the learning rate of the task; > 0. */
  readonly learningRate?: number;
}
