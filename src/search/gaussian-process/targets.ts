import { normalQuantileOfLog } from '../../statistics/normal-quantile.js';
import { isFailure, standings } from '../ranking.js';
import type { Observation } from '../sampler.js';

/** Values this many times farther above the median than the best is below are pulled in. */
const REACH = 3;

/**
 * What the process is fitted to, with mean 0 and variance 1 (or all 0 where there is nothing to tell apart). Trials
 * of one fidelity: their values, large ones pulled in to the median + 3 (median − best), because one huge loss would
 * press all others together; failures count as the worst of these. Trials of several fidelities have no common
 * scale: the normal quantiles of their standings.
 */
export function targetsOf(history: readonly Observation[]): Float64Array {
  const lengths = new Set(history.filter((one) => !isFailure(one)).map(({ curve }) => curve.length));
  return standardised(lengths.size > 1 ? normalScores(history) : pulledIn(history));
}

function pulledIn(history: readonly Observation[]): Float64Array {
  const finite = Float64Array.from(history.map(({ value }) => value).filter(Number.isFinite)).sort();
  if (finite.length === 0) return new Float64Array(history.length);
  const best = finite[0]!;
  const median = finite[Math.floor((finite.length - 1) / 2)]!;
  const limit = median > best ? median + REACH * (median - best) : Infinity;
  const worst = Math.min(limit, finite.at(-1)!);
  return Float64Array.from(history, ({ value }) => (Number.isFinite(value) ? Math.min(worst, value) : worst));
}

function normalScores(history: readonly Observation[]): Float64Array {
  const scores = standings(history);
  return Float64Array.from(scores, (score) => -normalQuantileOfLog(Math.log((score + 0.5) / history.length)));
}

function standardised(values: Float64Array): Float64Array {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  // Not by their variance: the mean of equal values may round to another number.
  if (!(least < most)) return new Float64Array(values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  if (variance > 0 && Number.isFinite(variance)) {
    return values.map((value) => (value - mean) / Math.sqrt(variance));
  }
  // So large or so close together that squares leave the range of numbers.
  const halfRange = most / 2 - least / 2;
  return standardised(values.map((value) => value / 2 / halfRange - least / 2 / halfRange));
}
