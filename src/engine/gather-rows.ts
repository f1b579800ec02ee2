/**
 * Rows of a row-major array on the host, in the order of the indices.
 * @param width numbers per row
 */
export function gatherRows(values: Float32Array, width: number, indices: Int32Array): Float32Array {
  const rows = new Float32Array(indices.length * width);
  if (width === 1) {
    for (let row = 0; row < indices.length; row++) rows[row] = values[indices[row]!]!;
    return rows;
  }
  for (let row = 0; row < indices.length; row++) {
    const start = indices[row]! * width;
    rows.set(values.subarray(start, start + width), row * width);
  }
  return rows;
}
