import { upperTail } from '../../statistics/normal-distribution.js';
import { upperQuantile } from '../../statistics/normal-quantile.js';
import type { NormalDistribution } from './normal-distribution.js';
import type { Vector } from './vector.js';

/** Mean, and the factors A on the step of each coordinate, after a correction. */
export interface Margin {
  readonly mean: Vector;
  readonly factors: Vector;
}

/**
 * The margin of CMA-ES with Margin (Hamano et al., GECCO 2022, section 4): moves the mean of a coordinate with bins,
 * and widens its step by a factor, as little as needed for every side that has values to keep the probability `alpha`
 * (outermost bins) or about `alpha`/2 (inner ones). So no coordinate is ever stuck at one value. Coordinates without
 * bins stay as they are.
 * @param factors A of the generation before
 */
export function withMargin(
  distribution: NormalDistribution,
  factors: Vector,
  borders: readonly (readonly number[] | undefined)[],
  alpha: number,
): Margin {
  if (borders.every((one) => one === undefined)) return { mean: distribution.mean, factors };
  const mean = [...distribution.mean];
  const corrected = [...factors];
  borders.forEach((bins, index) => {
    if (bins === undefined) return;
    const plain = distribution.sigma * distribution.deviations[index]!;
    const one = correct(mean[index]!, plain, factors[index]!, bins, alpha);
    mean[index] = one.mean;
    corrected[index] = one.factor;
  });
  return { mean, factors: corrected };
}

/** @param plain standard deviation without the factor */
function correct(
  mean: number,
  plain: number,
  factor: number,
  borders: readonly number[],
  alpha: number,
): { readonly mean: number; readonly factor: number } {
  const { lower, upper } = around(mean, borders);
  const deviation = plain * factor;
  if (lower === undefined || upper === undefined) {
    // An outermost bin: the mean comes so near to its only border that the other side has the probability α.
    const border = (lower ?? upper)!;
    const farthest = upperQuantile(Math.min(0.5, alpha)) * deviation;
    const distance = Math.min(Math.abs(mean - border), farthest);
    return { mean: border + Math.sign(mean - border) * distance, factor };
  }
  const below = upperTail((mean - lower) / deviation);
  const above = upperTail((upper - mean) / deviation);
  const middle = 1 - below - above;
  const half = alpha / 2;
  const wantedBelow = Math.max(half, below);
  const wantedAbove = Math.max(half, above);
  // What one side was given comes from the rest, in proportion to what that has beyond its own share.
  const share = (1 - wantedBelow - wantedAbove - middle) / (wantedBelow + middle + wantedAbove - 3 * half);
  const low = quantileOf(wantedBelow + share * (wantedBelow - half));
  const high = quantileOf(wantedAbove + share * (wantedAbove - half));
  return {
    mean: (lower * high + upper * low) / (low + high),
    factor: (upper - lower) / ((low + high) * plain),
  };
}

/** Rounding must leave the sides a probability below one half: the mean is between the borders. */
const quantileOf = (probability: number): number =>
  upperQuantile(Math.min(0.5 - 1e-10, Math.max(1e-10, probability)));

/** The borders next to a number, one of them missing at either end. A number on a border is below it. */
function around(
  value: number,
  borders: readonly number[],
): { readonly lower: number | undefined; readonly upper: number | undefined } {
  let [from, to] = [0, borders.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (borders[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return { lower: borders[from - 1], upper: borders[from] };
}
