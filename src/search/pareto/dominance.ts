/** A point of the objective space: every coordinate is to be minimised. +Infinity is the worst, NaN is not allowed. */
export type Objectives = readonly number[];

/** True where `a` is nowhere worse than `b` and somewhere better (Pareto dominance). */
export function dominates(a: Objectives, b: Objectives): boolean {
  let better = false;
  for (let index = 0; index < a.length; index++) {
    if (a[index]! > b[index]!) return false;
    if (a[index]! < b[index]!) better = true;
  }
  return better;
}

/** A point and how far it misses its constraints in all: 0 where it keeps them. */
export interface ConstrainedPoint {
  readonly objectives: Objectives;
  /** Total violation, ≥ 0; +Infinity where it is not known. */
  readonly violation: number;
}

/**
 * Constrained dominance: what keeps the constraints before what does not; of two that do not, the one that misses
 * them by less; of two that do, {@link dominates}.
 * Source: Deb et al., IEEE Transactions on Evolutionary Computation 6 (2002), definition 1.
 */
export function constrainedDominates(a: ConstrainedPoint, b: ConstrainedPoint): boolean {
  if (a.violation > 0 || b.violation > 0) return a.violation < b.violation;
  return dominates(a.objectives, b.objectives);
}
