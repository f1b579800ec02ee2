import type { Head } from './head.js';
import type { Part } from './part.js';

/** Values of one head for all samples, row-major [size, outputs]: 0/1, one-hot, or real values. */
export type TargetValues = Float32Array;

/** Data with its splits: everything that the inner loop reads. Made once per process, never changed. */
export interface TaskData {
  readonly size: number;
  /** Shape of one sample. */
  readonly inputShape: readonly number[];
  /** Inputs, row-major [size, …inputShape]. */
  readonly inputs: Float32Array;
  readonly heads: readonly Head[];
  readonly targets: Readonly<Record<string, TargetValues>>;
  /** Further columns of the data, for curricula; one value per sample. */
  readonly columns: Readonly<Record<string, Float32Array>>;
  /** Sample indices of each part. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Hash of inputs, targets and parts: two studies with equal hashes may share a leaderboard. */
  readonly splitHash: string;
  /** One-line remarks about the data (rows dropped, values imputed), shown by `validate` and in the report. */
  readonly notes: readonly string[];
}
