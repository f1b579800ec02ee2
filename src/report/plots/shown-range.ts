import { largest, smallest } from '../../core/extremes.js';
import { quantile } from '../../statistics/summary.js';

/**
 * Range of an axis that holds most values and all that must be seen, with some air; a few bad values do not flatten
 * the rest: those further than twice the distance of the quartiles from them are left out.
 */
export function shownRange(values: readonly number[], needed: readonly number[]): [number, number] {
  const quartiles = [quantile(values, 0.25), quantile(values, 0.75)] as const;
  const reach = 2 * (quartiles[1] - quartiles[0]);
  const inside = values.filter((value) => value >= quartiles[0] - reach && value <= quartiles[1] + reach);
  const all = [...inside, ...needed];
  const low = smallest(all);
  const high = largest(all);
  const air = high > low ? 0.06 * (high - low) : Math.max(1e-3, 0.05 * Math.abs(high));
  return [low - air, high + air];
}
