import type { Feature } from './feature.js';
import type { Split, Tree } from './tree.js';

/** Points by their coordinates, and what is to be predicted of them. */
export interface Sample {
  readonly features: readonly Feature[];
  /** By point, then by feature; categories as numbers. */
  readonly points: readonly (readonly number[])[];
  readonly values: readonly number[];
}

const DEEPEST = 64;

/**
 * A regression tree grown to single points, or to equal values: each node takes the split that leaves the smallest sum
 * of squares, the first of equals. Thresholds lie halfway between two neighbours (Breiman et al. 1984).
 * @param drawn places of the points to learn from, some of them several times
 */
export function growTree(sample: Sample, drawn: readonly number[]): Tree {
  return grow(sample, drawn, 0);
}

function grow(sample: Sample, places: readonly number[], depth: number): Tree {
  const values = places.map((place) => sample.values[place]!);
  const total = values.reduce((sum, value) => sum + value, 0);
  const value = total / places.length;
  if (depth >= DEEPEST || values.every((one) => one === values[0])) return { value };
  const split = bestSplit(sample, places, total);
  if (split === undefined) return { value };
  const goesLeft = (place: number): boolean => {
    const coordinate = sample.points[place]![split.feature]!;
    return 'threshold' in split ? coordinate <= split.threshold : coordinate === split.category;
  };
  return {
    split,
    left: grow(sample, places.filter(goesLeft), depth + 1),
    right: grow(
      sample,
      places.filter((place) => !goesLeft(place)),
      depth + 1,
    ),
  };
}

/** The sum of squares is least where (sum left)² / n left + (sum right)² / n right is largest. */
function bestSplit(sample: Sample, places: readonly number[], total: number): Split | undefined {
  // A split must be better than none by more than rounding.
  let best = (total ** 2 / places.length) * (1 + 1e-12);
  let found: Split | undefined;
  const offer = (split: Split, left: number, count: number): void => {
    const score = left ** 2 / count + (total - left) ** 2 / (places.length - count);
    if (score <= best) return;
    best = score;
    found = split;
  };
  sample.features.forEach((feature, index) => {
    const coordinate = (place: number): number => sample.points[place]![index]!;
    if (feature.kind === 'categorical') {
      for (let category = 0; category < feature.size; category++) {
        const inside = places.filter((place) => coordinate(place) === category);
        if (inside.length === 0 || inside.length === places.length) continue;
        const left = inside.reduce((sum, place) => sum + sample.values[place]!, 0);
        offer({ feature: index, category }, left, inside.length);
      }
      return;
    }
    const order = [...places].sort((a, b) => coordinate(a) - coordinate(b));
    let left = 0;
    for (let count = 1; count < order.length; count++) {
      left += sample.values[order[count - 1]!]!;
      const below = coordinate(order[count - 1]!);
      const above = coordinate(order[count]!);
      const threshold = (below + above) / 2;
      // Neighbours so close that nothing lies between them cannot be told apart.
      if (threshold < above) offer({ feature: index, threshold }, left, count);
    }
  });
  return found;
}
