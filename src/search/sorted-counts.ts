/** How many of the ascending numbers are smaller than the value. NaN counts as the largest number and equals NaN. */
export function countBelow(ascending: Float64Array, value: number): number {
  // A NaN compares as false with everything: so do all NaNs, which stand at the end.
  return Number.isNaN(value) ? countUpTo(ascending, Infinity) : countBelowNumber(ascending, value);
}

function countBelowNumber(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending numbers are smaller than the value or equal to it; NaN as in {@link countBelow}. */
export function countUpTo(ascending: Float64Array, value: number): number {
  if (Number.isNaN(value)) return ascending.length;
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
