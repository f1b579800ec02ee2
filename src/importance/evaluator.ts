import type { Named } from '../core/registry.js';
import type { Observation } from '../search/sampler.js';
import type { Space } from '../space/space.js';

/** How much the value of one entry of a space mattered for the result of the trials. */
export interface EntryImportance {
  readonly entry: string;
  /** On the evaluator's own scale, ≥ 0; undefined where the trials do not say: see `trials`. */
  readonly importance: number | undefined;
  /**
   * What an entry without any influence would exceed in one case of twenty, on the same scale; undefined where the
   * evaluator does not estimate it.
   */
  readonly noise: number | undefined;
  /** Trials in which the entry was active: the importance is that within this regime. */
  readonly trials: number;
}

/** Measures the importance of the entries of a space from finished trials. */
export interface ImportanceEvaluator extends Named {
  readonly source: string;
  /**
   * Pure: equal trials give equal importances in any process.
   * @param trials with distinct trial numbers; their values are minimised, +Infinity is a failure and the worst
   * @returns one for each entry with more than one value, in the order of the space
   */
  evaluate(space: Space, trials: readonly Observation[]): readonly EntryImportance[];
}
