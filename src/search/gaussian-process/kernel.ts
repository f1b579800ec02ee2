import type { Axis } from '../model-axes.js';

/** Parameters of the kernel and the noise. */
export interface Hyperparameters {
  /** One per axis: how fast values change along it. */
  readonly inverseSquareLengths: Float64Array;
  /** Variance of the function. */
  readonly scale: number;
  /** Variance of the noise. */
  readonly noise: number;
}

/** Squared difference on an axis: of two choices 0 where they are the same, else 1 (Hamming). */
export function squareDifference({ choices }: Axis, a: number, b: number): number {
  if (choices > 0) return a === b ? 0 : 1;
  return (a - b) * (a - b);
}

/** Matérn 5/2 of scale 1 as a function of the squared distance in length scales. */
export function matern(square: number): number {
  const root = Math.sqrt(5 * square);
  return (1 + root + (5 / 3) * square) * Math.exp(-root);
}

/** Its derivative by the squared distance. */
export function maternSlope(square: number): number {
  const root = Math.sqrt(5 * square);
  return (-5 / 6) * (1 + root) * Math.exp(-root);
}

/** Squared distance of two points in length scales. */
export function squareDistance(
  axes: readonly Axis[],
  weights: Float64Array,
  a: Float64Array,
  b: Float64Array,
): number {
  let sum = 0;
  for (let axis = 0; axis < axes.length; axis++) {
    sum += weights[axis]! * squareDifference(axes[axis]!, a[axis]!, b[axis]!);
  }
  return sum;
}

/** Covariance of the function at two points. */
export function covariance(
  axes: readonly Axis[],
  { inverseSquareLengths, scale }: Hyperparameters,
  a: Float64Array,
  b: Float64Array,
): number {
  return scale * matern(squareDistance(axes, inverseSquareLengths, a, b));
}
