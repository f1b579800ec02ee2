/** How wide the kernels of a numeric axis are. */
export interface WidthOptions {
  /** Whether the two outermost kernels also count their distance to the end of the range. */
  readonly endpoints: boolean;
  /** Whether no kernel is narrower than the range divided by min(100, n + 2). */
  readonly magicClip: boolean;
}

/** Narrowest kernel without the clip, as part of the range. */
const NARROWEST = 1e-12;

/**
 * Standard deviation of the kernel at each of n values: the larger of the distances to its neighbours, the ends of
 * the range being neighbours too; at most the range (Optuna 5, `_ParzenEstimator`).
 * @param sorted values in ascending order, inside the range.
 */
export function parzenWidths(
  sorted: Float64Array,
  { endpoints, magicClip }: WidthOptions,
  low = 0,
  high = 1,
): Float64Array {
  const n = sorted.length;
  const range = high - low;
  const narrowest = magicClip ? range / Math.min(100, n + 2) : NARROWEST * range;
  const widths = new Float64Array(n);
  for (let index = 0; index < n; index++) {
    let left = sorted[index]! - (index === 0 ? low : sorted[index - 1]!);
    let right = (index === n - 1 ? high : sorted[index + 1]!) - sorted[index]!;
    if (!endpoints && n >= 2) {
      if (index === 0) left = right;
      if (index === n - 1) right = left;
    }
    widths[index] = Math.min(range, Math.max(narrowest, left, right));
  }
  return widths;
}

/**
 * Probability of a choice under the kernel of n observations at `observed`: 1/(n + 1) for every choice and 1 more
 * for the one observed, normalised. Undefined stands for the prior kernel: uniform.
 */
export function choiceProbability(
  choice: number,
  observed: number | undefined,
  observations: number,
  choices: number,
): number {
  if (observed === undefined) return 1 / choices;
  const prior = 1 / (observations + 1);
  return (prior + (choice === observed ? 1 : 0)) / (1 + choices * prior);
}

/** Beyond so many widths a normal distribution has no mass that a double could tell from none. */
export const FAR = 8.4;
