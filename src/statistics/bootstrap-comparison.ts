import { intervalAt, pValueOf, type ComparisonOutcome } from './paired-gain.js';
import { mean, standardDeviation } from './summary.js';

/**
 * One trained model on the test samples: what `Metric.prepare` returned. Takes the multiplicity of each sample
 * (all 1 when absent) and gives the metric; NaN where it is not defined (AUROC of one class).
 */
export type RunScores = (weights?: Float64Array) => number;

/**
 * Gains and standard errors below this part of the scores are rounding: scores in float64 that have been through a
 * mean agree to about 1e-15. A constant gain must not seem certain because its spread is not quite 0.
 */
const ROUNDING = 1e-12;

/** Give up when more than this share of the resamples has no metric. */
const MOST_UNDEFINED = 0.5;

/** A comparison of a winner and a control while resamples come in. */
export interface Comparison {
  readonly control: readonly RunScores[];
  /** Largest score of both arms on all samples. */
  readonly largest: number;
  readonly perSeed: readonly number[];
  /** By resample: mean over the seeds of the deviation from `perSeed`. */
  readonly means: number[];
  /** Sum over the resamples of the variance of those deviations between the seeds. */
  restSum: number;
  redrawn: number;
}

/**
 * A comparison without resamples.
 * @param whole scores of the winner on all samples
 */
export function beginComparison(
  whole: readonly number[],
  control: readonly RunScores[],
  sign: number,
): Comparison {
  const others = control.map((score) => score());
  return {
    control,
    largest: Math.max(...[...whole, ...others].map(Math.abs)),
    perSeed: whole.map((score, seed) => sign * (score - others[seed]!)),
    means: [],
    restSum: 0,
    redrawn: 0,
  };
}

const isDefined = ({ perSeed }: Comparison): boolean => perSeed.every((value) => Number.isFinite(value));

/** Whether a comparison wants more resamples. */
export const isOpen = (comparison: Comparison, resamples: number): boolean =>
  isDefined(comparison) &&
  comparison.means.length < resamples &&
  comparison.redrawn <= resamples * MOST_UNDEFINED;

/**
 * Takes one resample in, or counts it where the metric is not defined on it.
 * @param scores of the winner on the resample
 */
export function addResample(
  comparison: Comparison,
  scores: readonly number[],
  weights: Float64Array,
  sign: number,
): void {
  const { control, perSeed, means } = comparison;
  const deviations = scores.map((score, seed) => sign * (score - control[seed]!(weights)) - perSeed[seed]!);
  if (deviations.every((value) => Number.isFinite(value))) {
    means.push(mean(deviations));
    comparison.restSum += standardDeviation(deviations) ** 2;
  } else {
    comparison.redrawn++;
  }
}

/** The gain and its uncertainty; for the formulas see `pairedBootstrap`. */
export function outcomeOf(
  comparison: Comparison,
  { resamples, level, samples }: Readonly<Record<'resamples' | 'level' | 'samples', number>>,
): ComparisonOutcome {
  const { perSeed, means, restSum, redrawn, largest } = comparison;
  const seeds = perSeed.length;
  if (!isDefined(comparison)) {
    return { state: 'not-compared', reason: 'the metric is not defined for every seed on the test samples' };
  }
  if (means.length < resamples) {
    return {
      state: 'not-compared',
      reason: 'the metric is not defined on most resamples of the test samples',
    };
  }
  const rounding = ROUNDING * largest;
  const settled = (value: number): number => (Math.abs(value) <= rounding ? 0 : value);
  const gain = settled(mean(perSeed));
  const rest = restSum / resamples / seeds;
  const seedPart = Math.max(standardDeviation(perSeed) ** 2 / seeds, rest);
  const samplePart = Math.max(0, standardDeviation(means) ** 2 - rest);
  const variance = seedPart + samplePart;
  const standardError = settled(Math.sqrt(variance));
  const degreesOfFreedom =
    standardError === 0
      ? seeds - 1
      : Math.min((seeds - 1) * (variance / seedPart), Math.max(seeds - 1, samples - 1));
  return {
    state: 'compared',
    gain,
    standardError,
    degreesOfFreedom,
    level,
    interval: intervalAt({ gain, standardError, degreesOfFreedom }, level),
    pValue: pValueOf(gain, standardError, degreesOfFreedom, resamples),
    perSeed,
    resamples,
    redrawn,
    seeds,
  };
}
