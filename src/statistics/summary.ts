import { byNumber } from '../core/order.js';
import { sortedQuantile } from '../core/quantile.js';

/** Arithmetic mean; NaN for an empty list. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation, with n − 1 in the denominator; NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * Quantile of values in any order, see {@link sortedQuantile}. NaN for an empty list or where a value is NaN.
 * @param probability in [0, 1].
 * @throws RangeError on a probability outside of it.
 */
export function quantile(values: readonly number[], probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a quantile needs a probability in [0, 1], not ${probability}`);
  }
  if (values.length === 0 || values.some((value) => Number.isNaN(value))) return NaN;
  return sortedQuantile([...values].sort(byNumber), probability);
}
