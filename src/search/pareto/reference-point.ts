import type { Objectives } from './dominance.js';
import { nonDominatedRanks } from './non-dominated-ranks.js';

/** The corner points of a front. */
export interface FrontBox {
  /** The best of each objective. */
  readonly ideal: Objectives;
  /** A little worse than the worst of each objective on the front. */
  readonly reference: Objectives;
}

/** How far the reference lies behind the worst of the front, as part of its range. */
const MARGIN = 0.1;

/**
 * A reference point for the hypervolume of points, from the points alone: the worst of each objective on their front
 * and a tenth of its range behind it, so that the ends of the front count as well. Where the range is 0 a tenth of the
 * value stands for it, or of 1. Only points that are finite in all objectives are looked at; undefined where there are none.
 */
export function frontBox(points: readonly Objectives[]): FrontBox | undefined {
  const finite = points.filter((point) => point.every(Number.isFinite));
  const ranks = nonDominatedRanks(finite);
  const front = finite.filter((_, index) => ranks[index] === 0);
  if (front.length === 0) return undefined;
  const axes = front[0]!.map((_, axis) => front.map((point) => point[axis]!));
  const ideal = axes.map((values) => values.reduce((a, b) => Math.min(a, b)));
  const reference = axes.map((values, axis) => {
    const worst = values.reduce((a, b) => Math.max(a, b));
    const range = worst - ideal[axis]!;
    return worst + MARGIN * (range > 0 ? range : Math.abs(worst) > 0 ? Math.abs(worst) : 1);
  });
  return { ideal, reference };
}
