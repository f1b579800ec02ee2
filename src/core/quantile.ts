/**
 * Quantile of sorted values by linear interpolation between order statistics (type 7 of Hyndman & Fan, The American
 * Statistician 1996; the default of R and NumPy). Infinite values are met where they stand, never as NaN.
 *
 * @param sorted ascending, at least one
 * @param q in [0, 1]
 */
export function sortedQuantile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  // 0 · ∞ and ∞ − ∞ would be NaN.
  return position === below || low === high ? low : low + (high - low) * (position - below);
}
