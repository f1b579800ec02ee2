import { permutation, type Stream } from '../core/random.js';

/**
 * Adds gross errors in place: exactly round(fraction · n) of the given rows, chosen at random, are shifted up or
 * down with equal chance.
 * @param shift in the unit of the values.
 * @returns 1 for each value that was shifted.
 */
export function addOutliers(
  values: Float64Array,
  rows: Int32Array,
  { fraction, shift, random }: { readonly fraction: number; readonly shift: number; readonly random: Stream },
): Float32Array {
  const shifted = new Float32Array(values.length);
  for (const position of permutation(rows.length, random).subarray(0, Math.round(fraction * rows.length))) {
    const row = rows[position]!;
    values[row]! += random.integer(2) === 0 ? -shift : shift;
    shifted[row] = 1;
  }
  return shifted;
}
