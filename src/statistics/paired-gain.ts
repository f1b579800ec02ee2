import { tCritical, tTwoSided } from './student-t.js';

/**
 * Gain of the winner over a control with its uncertainty: the paired difference of their scores, signed by the direction
 * of the metric. All of it is in units of the metric; positive: the winner is better, for minimised metrics as well.
 */
export interface PairedGain {
  readonly state: 'compared';
  /** Mean over the seeds of the signed difference on all test samples. */
  readonly gain: number;
  readonly standardError: number;
  /** Of the t distribution that interval and p-value use; from seeds − 1 to samples − 1. */
  readonly degreesOfFreedom: number;
  readonly level: number;
  readonly interval: readonly [low: number, high: number];
  /** Two-sided; below 1 − level exactly when the interval leaves out zero. */
  readonly pValue: number;
  /** Gain of each seed. */
  readonly perSeed: readonly number[];
  /** Resamples used. */
  readonly resamples: number;
  /** Resamples drawn again because the metric was not defined on them. */
  readonly redrawn: number;
  readonly seeds: number;
}

/** No gain can be stated; the reason is a clause without a full stop. */
export interface NotCompared {
  readonly state: 'not-compared';
  readonly reason: string;
}

export type ComparisonOutcome = PairedGain | NotCompared;

/** The two-sided t interval of a gain at any level in (0, 1). */
export function intervalAt(
  outcome: Pick<PairedGain, 'gain' | 'standardError' | 'degreesOfFreedom'>,
  level: number,
): readonly [low: number, high: number] {
  const half = tCritical(level, outcome.degreesOfFreedom) * outcome.standardError;
  return [outcome.gain - half, outcome.gain + half];
}

/** Two-sided p-value of a gain, from the same t distribution as its interval. */
export function pValueOf(gain: number, standardError: number, degrees: number, resamples: number): number {
  if (gain === 0) return 1;
  // Every seed and every resample gave the same gain: the resamples can support no more than this.
  if (standardError === 0) return 1 / (resamples + 1);
  return tTwoSided(gain / standardError, degrees);
}
