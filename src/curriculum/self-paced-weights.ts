import type { SelfPacedCurriculumSpec } from '../candidate/candidate.js';
import { sortedQuantile } from '../core/quantile.js';

export interface SelfPacedRequest {
  readonly weights: SelfPacedCurriculumSpec['weights'];
  readonly direction: SelfPacedCurriculumSpec['direction'];
  /** λ as a quantile of the losses last seen; values outside [0, 1] count as the nearest end. */
  readonly quantile: number;
  /** Loss last seen of every sample; NaN (or any value that is not finite) where there is none yet. */
  readonly losses: Float32Array;
}

/**
 * λ of the logarithmic form after normalisation; it needs λ < 1. The closer to 1, the faster the weight falls
 * at small losses; towards 0 the form becomes the linear one.
 */
export const LOGARITHMIC_THRESHOLD = 0.9;

/**
 * Weight of every sample by its own loss l against a threshold λ, the quantile of the losses seen (Kumar NIPS'10,
 * Jiang AAAI'15). Direction `down` (hard samples count less: label noise), for l up to λ and 0 above:
 *
 * - hard: 1
 * - linear: 1 − l/λ
 * - logarithmic: log(l′ + 1 − λ′) / log(1 − λ′) with λ′ = {@link LOGARITHMIC_THRESHOLD} and l′ = λ′ l/λ
 *
 * Direction `up` (hard samples count more: imbalance) is the mirror image, 1 − down: it rises with l up to λ and
 * is 1 from λ on. A sample exactly at λ counts fully in both directions of `hard`. Only l/λ matters, so a loss
 * and a multiple of it give the same weights; if some losses are negative, the least of them counts as 0. A sample
 * that was never seen weighs 1. Weights are in [0, 1] and not normalised: how they enter the mean is the
 * reduction's affair.
 *
 * @returns one weight per sample
 */
export function selfPacedWeights({ weights, direction, quantile, losses }: SelfPacedRequest): Float32Array {
  const seen = Float64Array.from(losses.filter((loss) => Number.isFinite(loss))).sort();
  if (seen.length === 0) return new Float32Array(losses.length).fill(1);
  const floor = Math.min(0, seen[0]!);
  const threshold = sortedQuantile(seen, Math.min(1, Math.max(0, quantile))) - floor;
  return losses.map((loss) => {
    if (!Number.isFinite(loss)) return 1;
    const above = loss - floor;
    const ratio = threshold > 0 ? above / threshold : above > 0 ? Infinity : atThreshold(weights, direction);
    return selfPacedWeight(weights, direction, ratio);
  });
}

/** l/λ where both are 0: the sample is at the threshold and below all losses, so it shall count fully. */
function atThreshold(
  weights: SelfPacedCurriculumSpec['weights'],
  direction: SelfPacedCurriculumSpec['direction'],
): number {
  return weights !== 'hard' && direction === 'down' ? 0 : 1;
}

/** Weight of one sample in [0, 1] by l/λ ≥ 0, as {@link selfPacedWeights} says. */
export function selfPacedWeight(
  weights: SelfPacedCurriculumSpec['weights'],
  direction: SelfPacedCurriculumSpec['direction'],
  ratio: number,
): number {
  if (weights === 'hard') return (direction === 'down' ? ratio <= 1 : ratio >= 1) ? 1 : 0;
  const down =
    weights === 'linear'
      ? linearSelfPaced(ratio, 1)
      : logarithmicSelfPaced(ratio * LOGARITHMIC_THRESHOLD, LOGARITHMIC_THRESHOLD);
  return direction === 'down' ? down : 1 - down;
}

/** max(0, 1 − l/λ) for l ≥ 0, λ > 0 (Jiang AAAI'15, "linear soft weighting"). */
export function linearSelfPaced(loss: number, threshold: number): number {
  return Math.max(0, 1 - loss / threshold);
}

/** log(l + 1 − λ) / log(1 − λ) for 0 ≤ l < λ < 1, else 0 (Jiang AAAI'15, "logarithmic soft weighting"). */
export function logarithmicSelfPaced(loss: number, threshold: number): number {
  return loss < threshold ? Math.log(loss + 1 - threshold) / Math.log(1 - threshold) : 0;
}
