import type { Objectives } from './dominance.js';

/** The corner points of some fronts. */
export interface FrontBox {
  /** The best of each objective. */
  readonly ideal: Objectives;
  /** A little worse than the worst of each objective. */
  readonly reference: Objectives;
}

/** How far the reference lies behind the worst, as part of the range. */
const MARGIN = 0.1;

/**
 * A reference point for the hypervolume, from the points of one front or of several that are to be compared: the worst of
 * each objective and a tenth of the range behind it, so that the ends of the fronts count as well. Where the range is 0,
 * or so small that its tenth is lost beside the value, a tenth of the value stands for it, or of 1. Only points that
 * are finite in all objectives are looked at; undefined where there are none.
 */
export function frontBox(fronts: readonly Objectives[]): FrontBox | undefined {
  const finite = fronts.filter((point) => point.every(Number.isFinite));
  if (finite.length === 0) return undefined;
  const axes = finite[0]!.map((_, axis) => finite.map((point) => point[axis]!));
  const ideal = axes.map((values) => values.reduce((a, b) => Math.min(a, b)));
  const reference = axes.map((values, axis) => {
    const worst = values.reduce((a, b) => Math.max(a, b));
    const range = worst - ideal[axis]!;
    const references = [range, Math.abs(worst), 1].map((size) => worst + MARGIN * size);
    return references.find((one) => one > worst && Number.isFinite(one)) ?? Infinity;
  });
  return { ideal, reference };
}
