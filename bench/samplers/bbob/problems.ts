import type { BbobFunction } from './bbob-function.js';
import { normals } from './generator.js';
import { illConditioned } from './ill-conditioned.js';
import type { Vector } from './linear.js';
import { moderate } from './moderate.js';
import { multimodal } from './multimodal.js';
import { separable } from './separable.js';
import { weakStructure } from './weak-structure.js';

/** The groups of the suite, in its order. */
export const BBOB_GROUPS: Readonly<Record<string, readonly BbobFunction[]>> = {
  separable,
  moderate,
  'ill-conditioned': illConditioned,
  multimodal,
  'weak-structure': weakStructure,
};

/** f1 to f24. */
export const BBOB_FUNCTIONS: readonly BbobFunction[] = Object.values(BBOB_GROUPS).flat();

export interface BbobProblem {
  /** x in [−5, 5]^d → value. */
  readonly value: (x: Vector) => number;
  /** Smallest value: f_opt. */
  readonly minimum: number;
  readonly optimum: Vector;
}

/** f_opt of an instance: a ratio of normal numbers, rounded to hundredths and kept in [−1000, 1000]. */
function minimumOf(seed: number): number {
  const ratio = normals(1, seed)[0]! / normals(1, seed + 1)[0]!;
  return Math.min(1000, Math.max(-1000, Math.round(1e4 * ratio) / 100));
}

/**
 * An instance of one of the functions.
 * @param instance from 0; the suite of 2009 has 1 to 15, its optimum and rotations differ in each
 * @param d dimensions, ≥ 2
 */
export function bbobProblem(
  { id, seedOf = id, create }: BbobFunction,
  instance: number,
  d: number,
): BbobProblem {
  const seed = seedOf + 1e4 * instance;
  const minimum = minimumOf(seed);
  const { optimum, excess } = create(seed, d);
  return { minimum, optimum, value: (x) => excess(x) + minimum };
}
