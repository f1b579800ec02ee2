import type { Vector } from './vector.js';

/** A draw from N(0, C) and what it was made of: y = T z with T T' = C and z standard normal. */
export interface Step {
  readonly y: Vector;
  readonly z: Vector;
}

/** Where a run starts: N(mean, σ² C). */
export interface Start {
  readonly mean: Vector;
  readonly sigma: number;
  /** C, n × n, in rows. */
  readonly covariance: Vector;
}

/** N(mean, σ² C), which learns from its ranked draws. Immutable: an update gives another one. */
export interface NormalDistribution {
  readonly mean: Vector;
  readonly sigma: number;
  /** √C_jj of each coordinate, without σ. */
  readonly deviations: Vector;
  /** y = T z. */
  stepOf(z: Vector): Vector;
  /** z = T⁻¹ y. */
  standardOf(y: Vector): Vector;
  /** Shortest and longest axis of the ellipsoid: square roots of the eigenvalues of C. */
  axes(): { readonly shortest: number; readonly longest: number };
  /** After one generation of at least two steps, best first. */
  updated(steps: readonly Step[]): NormalDistribution;
  /** The same around another mean. */
  movedTo(mean: Vector): NormalDistribution;
}
