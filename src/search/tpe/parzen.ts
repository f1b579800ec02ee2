/** How wide the kernels of a numeric axis are. */
export interface WidthOptions {
  /** Whether the two outermost kernels also count their distance to the end of the range. */
  readonly endpoints: boolean;
  /** Whether no kernel is narrower than the range divided by min(100, n + 2). */
  readonly magicClip: boolean;
}

/** Narrowest kernel without the clip, as part of the range. */
const NARROWEST = 1e-12;

/** Width below which no kernel of n values in [0, 1] is. */
export function narrowestWidth(n: number, { magicClip }: WidthOptions): number {
  return magicClip ? 1 / Math.min(100, n + 2) : NARROWEST;
}

/**
 * Standard deviation of the kernel at each of n values in [0, 1]: the larger of the distances to its neighbours, the
 * ends of the range being neighbours too; at most the range (Optuna 5, `_ParzenEstimator`).
 * @param sorted values in ascending order
 */
export function parzenWidths(sorted: Float64Array, options: WidthOptions): Float64Array {
  const widths = new Float64Array(sorted.length);
  for (let place = 0; place < widths.length; place++) {
    widths[place] = parzenWidth(sorted, sorted.length, place, options);
  }
  return widths;
}

/** The same for the kernel at one place among the first n values. */
export function parzenWidth(sorted: Float64Array, n: number, place: number, options: WidthOptions): number {
  const value = sorted[place]!;
  let left = value - (place === 0 ? 0 : sorted[place - 1]!);
  let right = (place === n - 1 ? 1 : sorted[place + 1]!) - value;
  if (!options.endpoints && n >= 2) {
    if (place === 0) left = right;
    if (place === n - 1) right = left;
  }
  const wider = left > right ? left : right;
  const narrowest = narrowestWidth(n, options);
  return wider < narrowest ? narrowest : wider > 1 ? 1 : wider;
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
