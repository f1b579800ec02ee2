import type { Stream } from '../core/random.js';
import { addResample, beginComparison, isOpen, outcomeOf, type RunScores } from './bootstrap-comparison.js';
import type { ComparisonOutcome } from './paired-gain.js';

export interface BootstrapRequest {
  /** One per seed. */
  readonly winner: readonly RunScores[];
  /** Number of test samples. */
  readonly samples: number;
  readonly direction: 'maximize' | 'minimize';
  /** Resamples of the test samples, ≥ 2; default 1000, which gives the sample part to about 2 %. */
  readonly resamples?: number;
  /** Level of the interval in (0, 1); default 0.95. */
  readonly level?: number;
  readonly random: Stream;
}

export interface PairedBootstrapRequest extends BootstrapRequest {
  /** The same seeds in the same order, evaluated on the same test samples. */
  readonly control: readonly RunScores[];
}

export interface PairedBootstrapsRequest extends BootstrapRequest {
  /** Each as the control of a {@link PairedBootstrapRequest}. */
  readonly controls: readonly (readonly RunScores[])[];
}

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
export function pairedBootstrap({ control, ...request }: PairedBootstrapRequest): ComparisonOutcome {
  return pairedBootstraps({ ...request, controls: [control] })[0]!;
}

/**
 * {@link pairedBootstrap} against several controls, on the same resamples: each outcome is what the comparison alone
 * gives, and the winner is scored once for all.
 * @throws RangeError as there
 */
export function pairedBootstraps(request: PairedBootstrapsRequest): readonly ComparisonOutcome[] {
  const { winner, controls, samples, direction, resamples = 1000, level = 0.95, random } = request;
  const seeds = winner.length;
  const other = controls.find((control) => control.length !== seeds);
  if (other !== undefined) {
    throw new RangeError(`paired arms need equal numbers of seeds, not ${seeds} and ${other.length}`);
  }
  if (!(samples >= 1)) throw new RangeError(`a bootstrap needs samples, not ${samples}`);
  if (!(resamples >= 2)) throw new RangeError(`a bootstrap needs at least 2 resamples, not ${resamples}`);
  if (seeds < 2) {
    const reason = `${seeds} seed is too few, at least 2 are needed`;
    return controls.map(() => ({ state: 'not-compared', reason }));
  }
  const sign = direction === 'maximize' ? 1 : -1;
  const whole = winner.map((score) => score());
  const comparisons = controls.map((control) => beginComparison(whole, control, sign));
  const weights = new Float64Array(samples);
  for (;;) {
    const open = comparisons.filter((one) => isOpen(one, resamples));
    if (open.length === 0) break;
    drawMultiplicities(weights, random);
    const scores = winner.map((score) => score(weights));
    for (const one of open) addResample(one, scores, weights, sign);
  }
  return comparisons.map((one) => outcomeOf(one, { resamples, level, samples }));
}

/** As many draws with replacement as there are samples, counted by sample. */
function drawMultiplicities(weights: Float64Array, random: Stream): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) {
    const sample = random.integer(weights.length);
    weights[sample] = weights[sample]! + 1;
  }
}
