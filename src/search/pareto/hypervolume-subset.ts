import type { Objectives } from './dominance.js';
import { hypervolumeImprovement } from './hypervolume.js';

/**
 * Indices of `count` points that dominate as much as can be had by taking, again and again, the one that adds most;
 * ties by index. The volume of the choice is at least 1 − 1/e of the best choice of that size, because the
 * hypervolume is submodular; so what a point adds never grows, and only the leader has to be weighed anew.
 * Fewer where there are fewer points.
 * Source: Nemhauser, Wolsey & Fisher, Mathematical Programming 14 (1978); Guerreiro et al., Evolutionary
 * Computation 24 (2016).
 * @throws RangeError where a number is NaN or the numbers of coordinates differ
 */
export function hypervolumeSubset(
  points: readonly Objectives[],
  reference: Objectives,
  count: number,
): number[] {
  const chosen: number[] = [];
  const left = points.map((point, index) => ({
    index,
    gain: hypervolumeImprovement(point, [], reference),
    weighedAt: 0,
  }));
  while (chosen.length < count && left.length > 0) {
    const best = left.reduce((a, b) => (b.gain > a.gain || (b.gain === a.gain && b.index < a.index) ? b : a));
    if (best.weighedAt === chosen.length) {
      chosen.push(best.index);
      left.splice(left.indexOf(best), 1);
      continue;
    }
    const set = chosen.map((index) => points[index]!);
    best.gain = hypervolumeImprovement(points[best.index]!, set, reference);
    best.weighedAt = chosen.length;
  }
  return chosen;
}
