import type { Axis } from '../model-axes.js';
import { cholesky, inverseOf, solveLower, solveUpper } from './cholesky.js';
import { matern, maternSlope, squareDifference, type Hyperparameters } from './kernel.js';
import { minimise, type Evaluation } from './lbfgs.js';

const SMALLEST_NOISE = 1e-6;

/** Logarithms of the parameters lie within ± this; beyond, the function is as good as flat. */
const BOUND = 15;

/** Points and targets with the squared differences of all pairs, which no parameter changes. */
export interface FitProblem {
  readonly targets: Float64Array;
  /** By axis: of row i and column j < i at i (i − 1)/2 + j. */
  readonly squares: readonly Float64Array[];
}

export function fitProblem(
  axes: readonly Axis[],
  points: readonly Float64Array[],
  targets: Float64Array,
): FitProblem {
  const n = points.length;
  const squares = axes.map((axis, index) => {
    const result = new Float64Array((n * (n - 1)) / 2);
    let place = 0;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < row; column++) {
        result[place++] = squareDifference(axis, points[row]![index]!, points[column]![index]!);
      }
    }
    return result;
  });
  return { targets, squares };
}

/** What the logarithms stand for: inverse squared lengths by axis, scale, noise above its smallest value. */
export function parametersOf(logs: Float64Array): Hyperparameters {
  const axes = logs.length - 2;
  return {
    inverseSquareLengths: logs.subarray(0, axes).map(Math.exp),
    scale: Math.exp(logs[axes]!),
    noise: SMALLEST_NOISE + Math.exp(logs[axes + 1]!),
  };
}

/**
 * −log posterior of the parameters without its constant, by their logarithms: the likelihood of the targets and, as
 * in Optuna, the priors −(0.1/x + 0.1 x) on inverse squared lengths, Gamma(2, 1) on the scale and Gamma(1.1, 30) on
 * the noise. Infinite where the covariance is not positive definite.
 */
export function negativeLogPosterior({ targets, squares }: FitProblem, logs: Float64Array): Evaluation {
  const n = targets.length;
  const axes = squares.length;
  const gradient = new Float64Array(logs.length);
  if (logs.some((log) => !(Math.abs(log) <= BOUND))) return { value: Infinity, gradient };
  const { inverseSquareLengths: weights, scale, noise } = parametersOf(logs);
  const distances = new Float64Array((n * (n - 1)) / 2);
  squares.forEach((square, axis) => {
    const weight = weights[axis]!;
    for (let pair = 0; pair < distances.length; pair++) distances[pair]! += weight * square[pair]!;
  });
  const covariances = distances.map((square) => scale * matern(square));
  const matrix = Array.from({ length: n }, (_, row) => {
    const start = (row * (row - 1)) / 2;
    const result = new Float64Array(row + 1);
    result.set(covariances.subarray(start, start + row));
    result[row] = scale + noise;
    return result;
  });
  const lower = choleskyOrNothing(matrix);
  if (lower === undefined) return { value: Infinity, gradient };
  const whitened = solveLower(lower, targets);
  const alpha = solveUpper(lower, whitened);
  const inverse = inverseOf(lower);
  let value = 0;
  let trace = 0;
  for (let row = 0; row < n; row++) {
    value += 0.5 * whitened[row]! * whitened[row]! + Math.log(lower[row]![row]!);
    trace += inverse[row]![row]! - alpha[row]! * alpha[row]!;
  }
  // By the distance of each pair, which stands twice in the symmetric matrix: ½ · 2 · W dk/d(square).
  const slopes = new Float64Array(distances.length);
  let byScale = 0.5 * trace * scale;
  for (let row = 1, pair = 0; row < n; row++) {
    for (let column = 0; column < row; column++, pair++) {
      const weight = inverse[row]![column]! - alpha[row]! * alpha[column]!;
      slopes[pair] = weight * scale * maternSlope(distances[pair]!);
      byScale += weight * covariances[pair]!;
    }
  }
  squares.forEach((square, axis) => {
    let sum = 0;
    for (let pair = 0; pair < slopes.length; pair++) sum += slopes[pair]! * square[pair]!;
    const x = weights[axis]!;
    gradient[axis] = x * (sum - 0.1 / (x * x) + 0.1);
    value += 0.1 / x + 0.1 * x;
  });
  const free = noise - SMALLEST_NOISE;
  gradient[axes] = byScale - 1 + scale;
  gradient[axes + 1] = 0.5 * trace * free - (0.1 * free) / noise + 30 * free;
  return { value: value - Math.log(scale) + scale - 0.1 * Math.log(noise) + 30 * noise, gradient };
}

function choleskyOrNothing(matrix: Parameters<typeof cholesky>[0]): ReturnType<typeof cholesky> | undefined {
  try {
    return cholesky(matrix);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Steps of the fit; further ones change little. */
const STEPS = 40;

/** The most probable parameters, from a fixed start: equal lengths, scale 1, little noise. */
export function fitHyperparameters(
  axes: readonly Axis[],
  points: readonly Float64Array[],
  targets: Float64Array,
): Hyperparameters {
  const problem = fitProblem(axes, points, targets);
  const start = new Float64Array(axes.length + 2);
  start[axes.length + 1] = Math.log(1e-3);
  return parametersOf(
    minimise((logs) => negativeLogPosterior(problem, logs), start, { steps: STEPS, tolerance: 1e-3 }).point,
  );
}
