import type { Stream } from '../core/random.js';
import { intervalAt, pValueOf, type ComparisonOutcome } from './paired-gain.js';
import { mean, standardDeviation } from './summary.js';

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

/**
 * Gains and standard errors below this part of the scores are rounding: scores in float64 that have been through a
 * mean agree to about 1e-15. A constant gain must not seem certain because its spread is not quite 0.
 */
const ROUNDING = 1e-12;

/** Give up when more than this share of the resamples has no metric. */
const MOST_UNDEFINED = 0.5;

/**
 * Paired gain in a metric of one loss over another that was trained with the same seeds and evaluated on the same
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

  const scores = [...winner, ...control].map((score) => Math.abs(score()));
  const rounding = ROUNDING * Math.max(...scores);
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

/** As many draws with replacement as there are samples, counted by sample. */
function drawMultiplicities(weights: Float64Array, random: Stream): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) {
    const sample = random.integer(weights.length);
    weights[sample] = weights[sample]! + 1;
  }
}
