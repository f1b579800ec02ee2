import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Stream } from '../../core/random.js';

/** The normal distribution N(mean, σ² C) and its evolution paths. Row-major matrices of n × n. */
export interface CmaState {
  /** Updates so far, counting waves that were too small for one; 0 after a restart. */
  readonly generation: number;
  /** Restarts so far. */
  readonly restarts: number;
  readonly mean: readonly number[];
  readonly sigma: number;
  readonly covariance: readonly (readonly number[])[];
  /** Evolution path of the covariance, p_c. */
  readonly pathC: readonly number[];
  /** Evolution path of the step size, p_σ. */
  readonly pathSigma: readonly number[];
  /** C = B D² B': eigenvectors in the columns of B, square roots of eigenvalues in D. */
  readonly axes: readonly (readonly number[])[];
  readonly scales: readonly number[];
  /** Best value of each generation since the start or restart, newest last; only the window of the stop rule. */
  readonly bestValues: readonly number[];
}

/** Isotropic start at a mean. */
export function initialState(mean: readonly number[], sigma: number, restarts = 0): CmaState {
  const n = mean.length;
  const identity = mean.map((_, row) => mean.map((__, column) => (row === column ? 1 : 0)));
  return {
    generation: 0,
    restarts,
    mean,
    sigma,
    covariance: identity,
    pathC: new Array<number>(n).fill(0),
    pathSigma: new Array<number>(n).fill(0),
    axes: identity,
    scales: new Array<number>(n).fill(1),
    bestValues: [],
  };
}

/** B and D of a symmetric matrix; eigenvalues that rounding made negative count as 1e-20. */
export function decompose(covariance: readonly (readonly number[])[]): Pick<CmaState, 'axes' | 'scales'> {
  const decomposition = new EigenvalueDecomposition(new Matrix(covariance.map((row) => [...row])), {
    assumeSymmetric: true,
  });
  return {
    axes: decomposition.eigenvectorMatrix.to2DArray(),
    scales: decomposition.realEigenvalues.map((value) => Math.sqrt(Math.max(value, 1e-20))),
  };
}

/** A draw y = B D z from N(0, C); the point is mean + σ y. */
export function drawStep(state: CmaState, random: Stream): number[] {
  const scaled = state.scales.map((scale) => scale * random.normal());
  return state.axes.map((row) => dot(row, scaled));
}

/** The point mean + σ y. */
export function pointOf(state: CmaState, step: readonly number[]): number[] {
  return state.mean.map((center, index) => center + state.sigma * step[index]!);
}

/** C^(-1/2) v = B D^-1 B' v. */
export function whiten(state: CmaState, vector: readonly number[]): number[] {
  const rotated = state.scales.map(
    (scale, column) => state.axes.reduce((sum, row, index) => sum + row[column]! * vector[index]!, 0) / scale,
  );
  return state.axes.map((row) => dot(row, rotated));
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);

export const norm = (vector: readonly number[]): number => Math.sqrt(dot(vector, vector));
