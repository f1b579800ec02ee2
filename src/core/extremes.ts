/**
 * Smallest and largest of any number of values: a study may have more trials than a call has arguments, some 120 000,
 * where `Math.min(...values)` throws.
 */

/** +Infinity for no values; NaN where one is NaN. */
export const smallest = (values: readonly number[]): number =>
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);

/** −Infinity for no values; NaN where one is NaN. */
export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
