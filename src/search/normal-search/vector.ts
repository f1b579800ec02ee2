/** Numbers that nobody changes; a matrix lies in one row after the other. */
export type Vector = readonly number[];

/** Not a Float64Array: for vectors as short as these V8 allocates a plain array in a fraction of the time. */
export function zeros(length: number): number[] {
  const vector = new Array<number>(length);
  for (let index = 0; index < length; index++) vector[index] = 0;
  return vector;
}

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

export const norm = (vector: Vector): number => Math.sqrt(dot(vector, vector));

/** M v, for M with as many rows as columns. */
export function multiply(matrix: Vector, vector: Vector): number[] {
  const n = vector.length;
  const product = zeros(n);
  for (let row = 0, at = 0; row < n; row++) {
    let sum = 0;
    for (let column = 0; column < n; column++) sum += matrix[at++]! * vector[column]!;
    product[row] = sum;
  }
  return product;
}

/** M' v, for M with as many rows as columns. */
export function multiplyTransposed(matrix: Vector, vector: Vector): number[] {
  const n = vector.length;
  const product = zeros(n);
  for (let row = 0, at = 0; row < n; row++) {
    const factor = vector[row]!;
    for (let column = 0; column < n; column++) product[column]! += matrix[at++]! * factor;
  }
  return product;
}

/** The matrix with these numbers on its diagonal and 0 elsewhere. */
export function diagonal(values: Vector): number[] {
  const n = values.length;
  const matrix = zeros(n * n);
  for (let index = 0; index < n; index++) matrix[index * (n + 1)] = values[index]!;
  return matrix;
}

/** The numbers on the diagonal of a matrix of n rows. */
export function diagonalOf(matrix: Vector, n: number): number[] {
  const values = zeros(n);
  for (let index = 0; index < n; index++) values[index] = matrix[index * (n + 1)]!;
  return values;
}

/** The smallest and the largest of some positive lengths. */
export function extremes(lengths: Vector): { readonly shortest: number; readonly longest: number } {
  let [shortest, longest] = [Infinity, 0];
  for (let index = 0; index < lengths.length; index++) {
    shortest = Math.min(shortest, lengths[index]!);
    longest = Math.max(longest, lengths[index]!);
  }
  return { shortest, longest };
}
