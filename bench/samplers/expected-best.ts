/**
 * Exact expectation of the smallest of n draws without replacement.
 * @param sorted all values of a table, ascending
 * @param n 1 … all
 */
export function expectedBest(sorted: readonly number[], n: number): number {
  const total = sorted.length;
  // Chance that none of the i smallest is drawn: C(total − i, n) / C(total, n), by recurrence.
  let none = 1;
  let sum = 0;
  for (let i = 0; i + n <= total && none > 0; i++) {
    const next = (none * (total - i - n)) / (total - i);
    sum += sorted[i]! * (none - next);
    none = next;
  }
  return sum;
}

/** A value and the chance that a draw gives it. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/**
 * Exact expectation of the smallest of n independent draws.
 * @param sorted ascending; weights sum to 1
 * @param n ≥ 1
 */
export function expectedBestOfDraws(sorted: readonly WeightedValue[], n: number): number {
  let left = 1;
  let none = 1;
  let sum = 0;
  for (const { value, weight } of sorted) {
    left = Math.max(0, left - weight);
    const next = left ** n;
    if (none > next) sum += value * (none - next);
    none = next;
  }
  return sum;
}

/**
 * How many random draws a value is as good as: the most whose expected best is not better.
 * 0 where one draw is expected to be better; at most `most`.
 * @param expectation falls with the number of draws
 */
export function equivalentDraws(expectation: (n: number) => number, value: number, most: number): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (expectation(middle) >= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
