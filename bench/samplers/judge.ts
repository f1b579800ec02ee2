import { mean, quantile, standardDeviation } from '../../src/statistics/summary.js';
import { tCritical } from '../../src/statistics/student-t.js';
import { equivalentDraws } from './expected-best.js';

/** Best value after each trial; the last one where a search ended early. */
export function runningBest(values: readonly number[], trials: number): number[] {
  let best = Infinity;
  return Array.from({ length: trials }, (_, index) => (best = Math.min(best, values[index] ?? Infinity)));
}

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Mean with its 95 % interval by Student's t; no width where all values are equal or there is one alone. */
export function meanInterval(values: readonly number[]): Interval {
  const middle = mean(values);
  if (values.length < 2) return { mean: middle, low: middle, high: middle };
  const half = (tCritical(0.95, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);
  return { mean: middle, low: middle - half, high: middle + half };
}

/** What chance is expected to find: values to be minimised. */
export interface Chance {
  /** Best possible value. */
  readonly optimum: number;
  /** Exact expectation of the best of n draws. */
  readonly expectation: (n: number) => number;
  /** More draws than this are not told apart. */
  readonly most: number;
  /** Part of all draws that are better than a value. */
  readonly partBelow: (value: number) => number;
}

/** How good the best values of several seeds are, beside chance. Values to be minimised. */
export interface Judgement {
  readonly best: Interval;
  /** (mean best − optimum) / (one random draw − optimum): 0 is the optimum, 1 what one draw is expected to give. */
  readonly regret: Interval;
  /** Random draws that it is as good as; `low` and `high` at the ends of the interval. */
  readonly draws: Interval;
  /** Median over the seeds of the part of all points that are better. */
  readonly medianQuantile: number;
}

export function judge(
  bests: readonly number[],
  { optimum, expectation, most, partBelow }: Chance,
): Judgement {
  const best = meanInterval(bests);
  const span = expectation(1) - optimum;
  const draws = (value: number): number => equivalentDraws(expectation, value, most);
  return {
    best,
    regret: mapped(best, (value) => (value - optimum) / span),
    // Fewer draws are as good as a higher value.
    draws: { mean: draws(best.mean), low: draws(best.high), high: draws(best.low) },
    medianQuantile: quantile(bests.map(partBelow), 0.5),
  };
}

const mapped = ({ mean: middle, low, high }: Interval, change: (value: number) => number): Interval => ({
  ...{ mean: change(middle), low: change(low), high: change(high) },
});
