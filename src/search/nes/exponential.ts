import { decompose } from '../normal-search/decompose.js';
import type { NormalDistribution, Start, Step } from '../normal-search/normal-distribution.js';
import { extremes, multiply, zeros, type Vector } from '../normal-search/vector.js';
import { matrixLibrary } from '../matrix-library.js';
import { utilities } from '../normal-search/utilities.js';

/** N(mean, σ² B B'). */
export interface ExponentialState {
  readonly mean: Vector;
  readonly sigma: number;
  /** B, n × n, in rows. */
  readonly shape: Vector;
}

/** η_σ = η_B = (9 + 3 ln n)/(5 n √n), table 1 of Wierstra et al.; at most 1, which matters for n = 1 alone. */
export function exponentialRate(dimensions: number): number {
  return Math.min(1, (9 + 3 * Math.log(dimensions)) / (5 * dimensions * Math.sqrt(dimensions)));
}

export function startExponential({ mean, sigma, covariance }: Start): ExponentialState {
  return {
    mean: [...mean],
    sigma,
    shape: ofSymmetric(covariance, mean.length, (value) => Math.sqrt(Math.max(0, value))),
  };
}

/**
 * One generation of xNES (Glasmachers et al., GECCO 2010): a step along the natural gradient of the expected utility,
 * by the exponential of a symmetric matrix, so that σ and B need no constraint. η of the mean is 1.
 * @param steps the λ steps, best first
 */
export function updateExponential(state: ExponentialState, steps: readonly Step[]): ExponentialState {
  const { mean, sigma, shape } = state;
  const n = mean.length;
  const weights = utilities(steps.length);
  const rate = exponentialRate(n);
  const delta = zeros(n);
  // Σ u_k z_k z_k'; the identity that belongs to it has the factor Σ u_k = 0.
  const gradient = zeros(n * n);
  steps.forEach(({ z }, rank) => {
    for (let i = 0; i < n; i++) {
      const factor = weights[rank]! * z[i]!;
      delta[i]! += factor;
      for (let j = 0; j < n; j++) gradient[i * n + j]! += factor * z[j]!;
    }
  });
  let trace = 0;
  for (let index = 0; index < n; index++) trace += gradient[index * (n + 1)]!;
  const growth = trace / n;
  for (let index = 0; index < n; index++) gradient[index * (n + 1)]! -= growth;
  const turned = multiply(shape, delta);
  return {
    mean: mean.map((center, index) => center + sigma * turned[index]!),
    sigma: sigma * Math.exp((rate / 2) * growth),
    shape: product(
      shape,
      ofSymmetric(gradient, n, (value) => Math.exp((rate / 2) * value)),
      n,
    ),
  };
}

/** The distribution of a state. */
export function exponentialDistribution(state: ExponentialState): NormalDistribution {
  const { mean, sigma, shape } = state;
  const n = mean.length;
  return {
    mean,
    sigma,
    deviations: Array.from({ length: n }, (_, row) => Math.sqrt(rowProduct(shape, n, row, row))),
    stepOf: (z) => multiply(shape, z),
    standardOf: (y) => {
      const { inverse, Matrix } = matrixLibrary();
      return multiply(inverse(Matrix.from1DArray(n, n, [...shape])).to1DArray(), y);
    },
    axes: () => {
      const covariance = Array.from({ length: n * n }, (_, at) =>
        rowProduct(shape, n, Math.floor(at / n), at % n),
      );
      return extremes(decompose(covariance, n).values.map((value) => Math.sqrt(Math.max(value, 1e-20))));
    },
    updated: (steps) => exponentialDistribution(updateExponential(state, steps)),
    movedTo: (moved) => exponentialDistribution({ ...state, mean: moved }),
  };
}

/** B diag(f(values)) B' of a symmetric matrix. */
function ofSymmetric(symmetric: Vector, n: number, of: (eigenvalue: number) => number): number[] {
  const { axes, values } = decompose(symmetric, n);
  const mapped = values.map(of);
  const result = zeros(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += axes[i * n + k]! * mapped[k]! * axes[j * n + k]!;
      result[i * n + j] = sum;
    }
  }
  return result;
}

function product(a: Vector, b: Vector, n: number): number[] {
  const result = zeros(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      for (let j = 0; j < n; j++) result[i * n + j]! += factor * b[k * n + j]!;
    }
  }
  return result;
}

/** Entry (i, j) of M M'. */
function rowProduct(matrix: Vector, n: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += matrix[i * n + k]! * matrix[j * n + k]!;
  return sum;
}
