import { dominates, type ConstrainedPoint, type Objectives } from './dominance.js';
import { hypervolumeImprovement, isInside } from './hypervolume.js';

/**
 * The hypervolume of the first one, two, … points. Points that miss a constraint, and those that are not better than
 * the reference in every objective, add nothing.
 * @throws RangeError where a number is NaN or the numbers of coordinates differ
 */
export function hypervolumeHistory(points: readonly ConstrainedPoint[], reference: Objectives): number[] {
  let front: readonly Objectives[] = [];
  let volume = 0;
  return points.map(({ objectives, violation }) => {
    if (violation > 0 || !isInside(objectives, reference)) return volume;
    const gained = hypervolumeImprovement(objectives, front, reference);
    if (gained > 0) {
      volume += gained;
      front = [...front.filter((other) => !dominates(objectives, other)), objectives];
    }
    return volume;
  });
}
