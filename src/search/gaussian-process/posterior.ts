import type { Axis } from '../model-axes.js';
import { cholesky, choleskyRow, solveLower, solveUpper, type Lower } from './cholesky.js';
import { covariance, maternSlope, squareDistance, type Hyperparameters } from './kernel.js';

/** A Gaussian process with mean 0 under known values. */
export interface Posterior {
  readonly axes: readonly Axis[];
  readonly hyperparameters: Hyperparameters;
  readonly points: readonly Float64Array[];
  readonly lower: Lower;
  /** L⁻¹ y. */
  readonly whitened: Float64Array;
  /** (K + noise)⁻¹ y. */
  readonly alpha: Float64Array;
}

export interface Prediction {
  readonly mean: number;
  /** Of the function, without noise. */
  readonly variance: number;
}

/** Smallest variance, as part of the scale: rounding leaves no less. */
const LEAST_VARIANCE = 1e-10;

type Known = Pick<Posterior, 'axes' | 'hyperparameters' | 'points'>;

/** Covariances of a point with the first `count` points known; of the array, `length` numbers. */
function covarianceRow(
  { axes, hyperparameters, points }: Known,
  x: Float64Array,
  count = points.length,
  length = count,
): Float64Array {
  const row = new Float64Array(length);
  for (let index = 0; index < count; index++)
    row[index] = covariance(axes, hyperparameters, x, points[index]!);
  return row;
}

/** The smallest variance that a prediction says. */
export function leastVariance({ hyperparameters }: Posterior): number {
  return LEAST_VARIANCE * hyperparameters.scale;
}

export function posteriorOf(
  axes: readonly Axis[],
  hyperparameters: Hyperparameters,
  points: readonly Float64Array[],
  targets: Float64Array,
): Posterior {
  const { scale, noise } = hyperparameters;
  const matrix = points.map((point, row) => {
    const covariances = covarianceRow({ axes, hyperparameters, points }, point, row, row + 1);
    covariances[row] = scale + noise;
    return covariances;
  });
  const lower = cholesky(matrix);
  const whitened = solveLower(lower, targets);
  return { axes, hyperparameters, points, lower, whitened, alpha: solveUpper(lower, whitened) };
}

/** L⁻¹ k of a point: its part of every prediction. */
export function whiten(posterior: Posterior, x: Float64Array): Float64Array {
  return solveLower(posterior.lower, covarianceRow(posterior, x));
}

function predictWhitened(posterior: Posterior, v: Float64Array): Prediction {
  let mean = 0;
  let explained = 0;
  for (let index = 0; index < v.length; index++) {
    mean += v[index]! * posterior.whitened[index]!;
    explained += v[index]! * v[index]!;
  }
  const variance = Math.max(leastVariance(posterior), posterior.hyperparameters.scale - explained);
  return { mean, variance };
}

/** The function at a point, without noise. */
export function predict(posterior: Posterior, x: Float64Array): Prediction {
  return predictWhitened(posterior, whiten(posterior, x));
}

/** The prediction with its derivatives along some axes, which are not axes of choices. */
export function predictWithSlopes(
  posterior: Posterior,
  x: Float64Array,
  along: readonly number[],
): Prediction & { readonly meanSlopes: number[]; readonly varianceSlopes: number[] } {
  const { axes, hyperparameters, points, alpha, lower } = posterior;
  const { inverseSquareLengths, scale } = hyperparameters;
  const v = whiten(posterior, x);
  const inverse = solveUpper(lower, v);
  const meanSlopes = along.map(() => 0);
  const varianceSlopes = along.map(() => 0);
  points.forEach((point, index) => {
    const slope = scale * maternSlope(squareDistance(axes, inverseSquareLengths, x, point));
    along.forEach((axis, place) => {
      const byAxis = 2 * slope * inverseSquareLengths[axis]! * (x[axis]! - point[axis]!);
      meanSlopes[place]! += byAxis * alpha[index]!;
      varianceSlopes[place]! -= 2 * byAxis * inverse[index]!;
    });
  });
  return { ...predictWhitened(posterior, v), meanSlopes, varianceSlopes };
}

/**
 * The process that believes its own mean at a point (kriging believer, Ginsbourger et al. 2010): no mean changes,
 * and the variance near the point falls as if a trial had been told there.
 */
export function believe(posterior: Posterior, x: Float64Array): Posterior {
  const { hyperparameters, points, lower, whitened, alpha } = posterior;
  const { scale, noise } = hyperparameters;
  const row = covarianceRow(posterior, x, points.length, points.length + 1);
  row[points.length] = scale + noise;
  return {
    ...posterior,
    points: [...points, x],
    lower: [...lower, choleskyRow(lower, row)],
    // What the mean explains already adds nothing.
    whitened: Float64Array.of(...whitened, 0),
    alpha: Float64Array.of(...alpha, 0),
  };
}
