import type { Runner } from './lane.js';
import type { PrimaryMetric } from './study-context.js';

/**
 * Values of a trial after evaluation 1, 2, … up to the fidelity that it has, to be minimised: +Infinity from where
 * it failed.
 * @param before its curve before the last piece, where it is known
 */
export function curveOf(
  { fidelity, result }: NonNullable<Runner['last']>,
  metric: PrimaryMetric,
  before: readonly number[] = [],
): readonly number[] {
  if (result.state === 'trained')
    return result.curve.map(({ validationScore }) => metric.value(validationScore));
  return Array.from({ length: fidelity }, (_, index) => before[index] ?? Infinity);
}
