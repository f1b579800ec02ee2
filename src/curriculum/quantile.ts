/**
 * Quantile of sorted values by linear interpolation between order statistics (Hyndman & Fan 1996, type 7).
 *
 * @param sorted ascending, at least one
 * @param q in [0, 1]
 */
export function sortedQuantile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
