import type { Stream } from '../core/random.js';
import { mean, standardDeviation } from './summary.js';
import { tCritical, tTwoSided } from './student-t.js';

/**
 * One trained model on the test samples: what `Metric.prepare` returned. Takes the multiplicity of each sample
 * (all 1 when absent) and gives the metric; NaN where it is not defined (AUROC of one class).
 */
export type RunScores = (weights?: Float64Array) => number;

export interface PairedBootstrapRequest {
  /** One per seed. */
  readonly winner: readonly RunScores[];
  /** The same seeds in the same order, evaluated on the same test samples. */
  readonly control: readonly RunScores[];
  /** Number of test samples. */
  readonly samples: number;
  readonly direction: 'maximize' | 'minimize';
  /** Resamples of the test samples, ≥ 2; default 1000, which gives the sample part to about 2 %. */
  readonly resamples?: number;
  /** Level of the interval in (0, 1); default 0.95. */
  readonly level?: number;
  readonly random: Stream;
}

/** A paired difference with its uncertainty. All of it is in units of the metric; positive: the winner is better. */
export interface PairedDifference {
  readonly state: 'compared';
  /** Mean over the seeds of the difference on all test samples. */
  readonly difference: number;
  readonly standardError: number;
  /** Of the t distribution that interval and p-value use; from seeds − 1 to samples − 1. */
  readonly degreesOfFreedom: number;
  readonly level: number;
  readonly interval: readonly [low: number, high: number];
  /** Two-sided; below 1 − level exactly when the interval leaves out zero. */
  readonly pValue: number;
  /** Difference of each seed. */
  readonly perSeed: readonly number[];
  /** Resamples used. */
  readonly resamples: number;
  /** Resamples drawn again because the metric was not defined on them. */
  readonly redrawn: number;
  readonly seeds: number;
}

/** No difference can be stated; the reason is a clause without a full stop. */
export interface NotCompared {
  readonly state: 'not-compared';
  readonly reason: string;
}

export type ComparisonOutcome = PairedDifference | NotCompared;

/** Give up when more than this share of the resamples has no metric. */
const MOST_UNDEFINED = 0.5;

/**
 * Paired difference in a metric between two losses that were trained with the same seeds and evaluated on the same
 * test samples. Seeds and samples are crossed random effects:
 *
 *     d_ij = μ + seed_i + sample_j + rest_ij,   Var(mean) = σ²_seed/n + σ²_sample/m + σ²_rest/(nm)
 *
 * The test samples are resampled (the same draw for both arms and all seeds). The n seeds are not: with 5 to 10 of
 * them a percentile bootstrap has far too light tails, and drawing both ways (the pigeonhole bootstrap; Owen,
 * Annals of Applied Statistics 2007) counts σ²_rest three times. Instead the same resamples give the parts:
 *
 *     A = variance of the n differences / n                     estimates σ²_seed/n + σ²_rest/(nm), n − 1 degrees
 *     B = variance over resamples of the mean difference        estimates σ²_sample/m + σ²_rest/(nm)
 *     C = variance between the seeds' own resampling deviations / n       estimates σ²_rest/(nm)
 *
 * and Var = max(A, C) + max(0, B − C) with (n − 1) · Var / max(A, C) degrees of freedom: Satterthwaite's would be
 * the square of that quotient, which errs on the liberal side when the seeds are few. See docs/statistics.md, which
 * also has the simulated error rates.
 * @throws RangeError where the arms have different numbers of seeds, or an option is out of range.
 */
export function pairedBootstrap(request: PairedBootstrapRequest): ComparisonOutcome {
  const { winner, control, samples, direction, resamples = 1000, level = 0.95, random } = request;
  const seeds = winner.length;
  if (control.length !== seeds) {
    throw new RangeError(`paired arms need equal numbers of seeds, not ${seeds} and ${control.length}`);
  }
  if (!(samples >= 1)) throw new RangeError(`a bootstrap needs samples, not ${samples}`);
  if (!(resamples >= 2)) throw new RangeError(`a bootstrap needs at least 2 resamples, not ${resamples}`);
  if (seeds < 2) return { state: 'not-compared', reason: `${seeds} seed is too few, at least 2 are needed` };

  const sign = direction === 'maximize' ? 1 : -1;
  const differences = (weights?: Float64Array): number[] =>
    winner.map((score, seed) => sign * (score(weights) - control[seed]!(weights)));

  const perSeed = differences();
  if (!perSeed.every((value) => Number.isFinite(value))) {
    return { state: 'not-compared', reason: 'the metric is not defined for every seed on the test samples' };
  }

  let redrawn = 0;
  const means: number[] = [];
  let restSum = 0;
  const weights = new Float64Array(samples);
  while (means.length < resamples) {
    drawMultiplicities(weights, random);
    const drawn = differences(weights);
    if (drawn.every((value) => Number.isFinite(value))) {
      const deviations = drawn.map((value, seed) => value - perSeed[seed]!);
      means.push(mean(deviations));
      restSum += standardDeviation(deviations) ** 2;
    } else if (++redrawn > resamples * MOST_UNDEFINED) {
      return {
        state: 'not-compared',
        reason: 'the metric is not defined on most resamples of the test samples',
      };
    }
  }

  const difference = mean(perSeed);
  const rest = restSum / resamples / seeds;
  const seedPart = Math.max(standardDeviation(perSeed) ** 2 / seeds, rest);
  const samplePart = Math.max(0, standardDeviation(means) ** 2 - rest);
  const variance = seedPart + samplePart;
  const degreesOfFreedom =
    variance === 0
      ? seeds - 1
      : Math.min((seeds - 1) * (variance / seedPart), Math.max(seeds - 1, samples - 1));
  const standardError = Math.sqrt(variance);
  return {
    state: 'compared',
    difference,
    standardError,
    degreesOfFreedom,
    level,
    interval: intervalAt({ difference, standardError, degreesOfFreedom }, level),
    pValue: pValueOf(difference, standardError, degreesOfFreedom, resamples),
    perSeed,
    resamples,
    redrawn,
    seeds,
  };
}

/** The two-sided t interval of a difference at any level in (0, 1). */
export function intervalAt(
  outcome: Pick<PairedDifference, 'difference' | 'standardError' | 'degreesOfFreedom'>,
  level: number,
): readonly [low: number, high: number] {
  const half = tCritical(level, outcome.degreesOfFreedom) * outcome.standardError;
  return [outcome.difference - half, outcome.difference + half];
}

function pValueOf(difference: number, standardError: number, degrees: number, resamples: number): number {
  if (difference === 0) return 1;
  // Every seed and every resample gave the same difference: the resamples can support no more than this.
  if (standardError === 0) return 1 / (resamples + 1);
  return tTwoSided(difference / standardError, degrees);
}

/** As many draws with replacement as there are samples, counted by sample. */
function drawMultiplicities(weights: Float64Array, random: Stream): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) {
    const sample = random.integer(weights.length);
    weights[sample] = weights[sample]! + 1;
  }
}
