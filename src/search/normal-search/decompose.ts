import { matrixLibrary } from '../matrix-library.js';
import { zeros, type Vector } from './vector.js';

/** C = B diag(values) B'. */
export interface Decomposition {
  /** B: eigenvectors in the columns. */
  readonly axes: Vector;
  readonly values: Vector;
}

/** Eigenvectors and eigenvalues of a symmetric matrix of n rows. */
export function decompose(symmetric: Vector, n: number): Decomposition {
  const rows = Array.from({ length: n }, (_, row) =>
    Array.from({ length: n }, (__, column) => symmetric[row * n + column]!),
  );
  const { EigenvalueDecomposition, Matrix } = matrixLibrary();
  const decomposition = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true });
  const vectors = decomposition.eigenvectorMatrix;
  const axes = zeros(n * n);
  for (let row = 0, at = 0; row < n; row++) {
    for (let column = 0; column < n; column++) axes[at++] = vectors.get(row, column);
  }
  return { axes, values: [...decomposition.realEigenvalues] };
}
