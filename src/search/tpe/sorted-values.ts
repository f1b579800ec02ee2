/** Values of an axis in ascending order and the kernels that have them, ties by kernel. Grows in place. */
export interface SortedValues {
  /** With room at the end. */
  readonly values: Float64Array;
  readonly kernels: Int32Array;
  /** How many there are. */
  count: number;
}

/**
 * @param order the rows of a column that have a value, by value
 * @param room for so many more
 */
export function sortedValues(order: Int32Array, column: Float64Array, room: number): SortedValues {
  const values = new Float64Array(order.length + room);
  const kernels = new Int32Array(order.length + room);
  kernels.set(order);
  for (let place = 0; place < order.length; place++) values[place] = column[order[place]!]!;
  return { values, kernels, count: order.length };
}

/**
 * Puts a value in its place, behind its equals.
 * @returns the place
 */
export function insertValue(sorted: SortedValues, value: number, kernel: number): number {
  const { values, kernels, count } = sorted;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  values.copyWithin(low + 1, low, count);
  kernels.copyWithin(low + 1, low, count);
  values[low] = value;
  kernels[low] = kernel;
  sorted.count++;
  return low;
}
