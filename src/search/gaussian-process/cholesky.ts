/** A lower triangular matrix, one array per row: row i has i + 1 numbers. Rows can be added. */
export type Lower = readonly Float64Array[];

/**
 * The L with L L′ = A of a symmetric positive definite matrix whose lower triangle is given by rows.
 * @throws RangeError where the matrix is not positive definite.
 */
export function cholesky(matrix: Lower): Lower {
  const rows: Float64Array[] = [];
  for (const row of matrix) rows.push(choleskyRow(rows, row));
  return rows;
}

/** The next row of L for the next row of A, whose last number is the diagonal. */
export function choleskyRow(lower: Lower, row: Float64Array): Float64Array {
  const result = solveLower(lower, row.subarray(0, lower.length), row.length);
  let rest = row[lower.length]!;
  for (let index = 0; index < lower.length; index++) rest -= result[index]! * result[index]!;
  if (!(rest > 0)) throw new RangeError('the matrix is not positive definite');
  result[lower.length] = Math.sqrt(rest);
  return result;
}

/** x with L x = b, in an array of the length given. */
export function solveLower(lower: Lower, b: Float64Array, length = b.length): Float64Array {
  const x = new Float64Array(length);
  for (let row = 0; row < b.length; row++) {
    const factors = lower[row]!;
    let rest = b[row]!;
    for (let column = 0; column < row; column++) rest -= factors[column]! * x[column]!;
    x[row] = rest / factors[row]!;
  }
  return x;
}

/** x with L′ x = b. */
export function solveUpper(lower: Lower, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let row = b.length - 1; row >= 0; row--) {
    const factors = lower[row]!;
    const value = x[row]! / factors[row]!;
    x[row] = value;
    for (let column = 0; column < row; column++) x[column]! -= factors[column]! * value;
  }
  return x;
}

/** The lower triangle of (L L′)⁻¹, by rows. */
export function inverseOf(lower: Lower): Lower {
  const n = lower.length;
  // Column j of L⁻¹ is held as a row, from its diagonal on.
  const columns = lower.map((_, column) => {
    const x = new Float64Array(n);
    for (let row = column; row < n; row++) {
      const factors = lower[row]!;
      let rest = row === column ? 1 : 0;
      for (let index = column; index < row; index++) rest -= factors[index]! * x[index]!;
      x[row] = rest / factors[row]!;
    }
    return x;
  });
  return columns.map((first, row) =>
    Float64Array.from({ length: row + 1 }, (_, column) => {
      const second = columns[column]!;
      let sum = 0;
      for (let index = row; index < n; index++) sum += first[index]! * second[index]!;
      return sum;
    }),
  );
}
