/** Σ w v / Σ w; NaN when the weights sum to 0. */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = weights[index]!;
    // A sample that does not count must not turn 0 · Infinity into NaN.
    if (weight === 0) continue;
    sum += weight * values[index]!;
    total += weight;
  }
  return total === 0 ? NaN : sum / total;
}

/** Mean of the values that are defined (not NaN); NaN when none is. */
export function meanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.length === 0 ? NaN : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
