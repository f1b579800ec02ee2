import { normals } from './generator.js';

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

const dot = (a: Vector, b: Vector): number => {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
};

/** An orthogonal matrix: normal numbers of the BBOB's generator, rows made orthonormal by Gram and Schmidt. */
export function rotation(seed: number, d: number): Matrix {
  const numbers = normals(d * d, seed);
  const rows: Vector[] = [];
  for (let row = 0; row < d; row++) {
    let vector: Vector = numbers.slice(row * d, (row + 1) * d);
    for (const former of rows) {
      const part = dot(vector, former);
      vector = vector.map((value, index) => value - part * former[index]!);
    }
    const length = Math.sqrt(dot(vector, vector));
    rows.push(vector.map((value) => value / length));
  }
  return rows;
}

export function transposed(matrix: Matrix): Matrix {
  return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
}

/** A matrix times a column: x ↦ M x. */
export function times(matrix: Matrix, x: Vector): number[] {
  return matrix.map((row) => dot(row, x));
}

export function product(a: Matrix, b: Matrix): Matrix {
  const columns = transposed(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** The matrix with its rows multiplied: diag(scales) M. */
export function scaledRows(scales: Vector, matrix: Matrix): Matrix {
  return matrix.map((row, index) => row.map((value) => value * scales[index]!));
}
