/** Losses as functions of one number. */
export interface LossShape {
  /** What the horizontal axis is: `probability of the true class`, `logit margin`. */
  readonly axis: string;
  readonly series: readonly LossShapeSeries[];
}

export interface LossShapeSeries {
  /** Series of one name are one loss. */
  readonly name: string;
  readonly role: 'found' | 'reference';
  /** τ for which the parameters were taken; absent where nothing depends on it. */
  readonly progress?: number;
  readonly points: readonly { readonly x: number; readonly value: number; readonly gradient: number }[];
}

export interface ScheduleCurve {
  /** Such as `gamma`, `heads.depth.weight`. */
  readonly parameter: string;
  /** It follows the validation loss, so this is the way of one training: of the first test seed. */
  readonly replayed?: boolean;
  /** τ from 0 to 1. */
  readonly points: readonly { readonly progress: number; readonly value: number }[];
}

/** What a self-paced curriculum makes of a sample. */
export interface SampleWeight {
  /** Loss of the sample over the threshold, ≥ 0. */
  readonly ratio: number;
  /** In [0, 1]. */
  readonly weight: number;
}
