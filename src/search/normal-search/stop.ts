import { byNumber } from '../../core/order.js';
import { sortedQuantile } from '../../core/quantile.js';
import type { NormalDistribution } from './normal-distribution.js';

/** What the rules of stopping look at. */
export interface Progress {
  /** Generations of the run so far. */
  readonly generations: number;
  /** Best value of the latest generations of the run, oldest first, up to {@link memoryOf} of them. */
  readonly best: readonly number[];
  /** Middle value of the same generations; +Infinity where half of one failed. */
  readonly middle: readonly number[];
}

/**
 * Why a run ended: `step` steps below 1e-12 of the first ones; `explosion` steps 10⁴ times as long as the first ones;
 * `condition` axes whose squared lengths differ by 10¹⁴; `flat` best values that moved by less than 1e-12 over
 * 10 + ⌈30 n/λ⌉ generations (these four as in the package cmaes); `stagnation` neither the best nor the middle values
 * of the latest 30 % of 100 + ⌊100 n^1.5/λ⌋ generations are better than those of the first 30 %, by their medians
 * (Hansen's tutorial, B.3, with pycma's length); `generations` 100 + 150 (n + 3)²/√λ of them (pycma).
 */
export type StopReason = 'step' | 'explosion' | 'condition' | 'flat' | 'stagnation' | 'generations';

/** Generations over which the best value has to change. */
export function flatWindow(dimensions: number, lambda: number): number {
  return 10 + Math.ceil((30 * dimensions) / lambda);
}

/** Generations over which values have to get better: all that has to be remembered of a run. */
export function memoryOf(dimensions: number, lambda: number): number {
  return Math.max(flatWindow(dimensions, lambda), 100 + Math.floor((100 * dimensions ** 1.5) / lambda));
}

export function mostGenerations(dimensions: number, lambda: number): number {
  return 100 + Math.floor((150 * (dimensions + 3) ** 2) / Math.sqrt(lambda));
}

/** Sorting the memory is dear, and it changes slowly. */
const STAGNATION_EVERY = 10;

/**
 * @param run its first standard deviation and population
 * @param n searched coordinates and categories; the first three rules look at the coordinates alone
 */
export function stopReason(
  distribution: NormalDistribution,
  run: { readonly sigma: number; readonly lambda: number },
  { generations, best, middle }: Progress,
  n: number,
): StopReason | undefined {
  const shape = shapeReason(distribution, run.sigma);
  if (shape !== undefined) return shape;
  const window = flatWindow(n, run.lambda);
  if (best.length >= window && spread(best, window) < 1e-12) return 'flat';
  if (generations % STAGNATION_EVERY === 0 && best.length >= memoryOf(n, run.lambda)) {
    if (stagnates(best) && stagnates(middle)) return 'stagnation';
  }
  return generations >= mostGenerations(n, run.lambda) ? 'generations' : undefined;
}

/** What the normal distribution says of itself: nothing where there are no coordinates. */
function shapeReason(
  distribution: NormalDistribution,
  first: number,
): 'step' | 'explosion' | 'condition' | undefined {
  const { sigma, deviations } = distribution;
  if (deviations.length === 0) return undefined;
  const longestStep = deviations.reduce((most, one) => Math.max(most, sigma * one), 0);
  if (longestStep < 1e-12 * first) return 'step';
  const { shortest, longest } = distribution.axes();
  if (sigma * longest > 1e4 * first) return 'explosion';
  return (longest / shortest) ** 2 > 1e14 ? 'condition' : undefined;
}

function spread(values: readonly number[], window: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (let index = values.length - window; index < values.length; index++) {
    low = Math.min(low, values[index]!);
    high = Math.max(high, values[index]!);
  }
  return high - low;
}

function stagnates(values: readonly number[]): boolean {
  const part = Math.ceil(0.3 * values.length);
  return median(values.slice(-part)) >= median(values.slice(0, part));
}

const median = (values: readonly number[]): number => sortedQuantile([...values].sort(byNumber), 0.5);
