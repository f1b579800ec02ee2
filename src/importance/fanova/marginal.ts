import { commonPart, partOf, type Feature } from './feature.js';
import type { Leaf } from './tree.js';

/** Mean and variance of a tree's prediction over the space. */
export function momentsOf(leaves: readonly Leaf[]): { readonly mean: number; readonly variance: number } {
  const mean = leaves.reduce((sum, { value, volume }) => sum + volume * value, 0);
  return { mean, variance: leaves.reduce((sum, { value, volume }) => sum + volume * (value - mean) ** 2, 0) };
}

/** Where a tree cuts a numeric feature, with both ends of it, ascending. */
export function cutsOf(leaves: readonly Leaf[], feature: number): readonly number[] {
  const ends = leaves.flatMap(({ box }) => {
    const side = box[feature]!;
    return side.kind === 'numeric' ? [side.low, side.high] : [];
  });
  return [...new Set(ends)].sort((a, b) => a - b);
}

/**
 * Variance of the marginal prediction of some features: of the mean of the prediction over all others, as a function
 * of these (Hutter, Hoos & Leyton-Brown, ICML 2014, equations 3 and 5). Exact for the tree.
 */
export function marginalVariance(
  leaves: readonly Leaf[],
  features: readonly Feature[],
  chosen: readonly number[],
): number {
  const { mean } = momentsOf(leaves);
  if (chosen.length === 1) return singleVariance(leaves, features[chosen[0]!]!, chosen[0]!, mean);
  // E[a²] − mean², with a the sum of what each leaf adds where the chosen coordinates are in its box.
  const others = leaves.map((leaf) => leaf.value * outsideOf(leaf, features, chosen));
  let squares = 0;
  leaves.forEach((one, i) => {
    leaves.forEach((two, j) => {
      let common = others[i]! * others[j]!;
      for (const index of chosen) {
        if (common === 0) return;
        common *= commonPart(one.box[index]!, two.box[index]!, features[index]!);
      }
      squares += common;
    });
  });
  return Math.max(0, squares - mean ** 2);
}

/** Part of the space of the features that are not chosen which the leaf covers. */
function outsideOf({ box }: Leaf, features: readonly Feature[], chosen: readonly number[]): number {
  return box.reduce(
    (product, side, index) => (chosen.includes(index) ? product : product * partOf(side, features[index]!)),
    1,
  );
}

/** Piece by piece: the marginal is constant between two cuts, or on a category. */
function singleVariance(leaves: readonly Leaf[], feature: Feature, index: number, mean: number): number {
  if (feature.kind === 'categorical') {
    const marginal = new Array<number>(feature.size).fill(0);
    for (const { value, volume, box } of leaves) {
      const { categories } = box[index] as { readonly categories: readonly number[] };
      // A category of the leaf gets its share of the leaf, of which it is one part in `size` of the whole.
      const share = (value * volume * feature.size) / categories.length;
      for (const category of categories) marginal[category]! += share;
    }
    return marginal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / feature.size;
  }
  const cuts = cutsOf(leaves, index);
  const place = new Map(cuts.map((cut, position) => [cut, position]));
  const changes = new Array<number>(cuts.length).fill(0);
  for (const { value, volume, box } of leaves) {
    const side = box[index] as { readonly low: number; readonly high: number };
    const added = (value * volume * (feature.high - feature.low)) / (side.high - side.low);
    changes[place.get(side.low)!]! += added;
    changes[place.get(side.high)!]! -= added;
  }
  let marginal = 0;
  let variance = 0;
  for (let piece = 0; piece + 1 < cuts.length; piece++) {
    marginal += changes[piece]!;
    variance += ((cuts[piece + 1]! - cuts[piece]!) / (feature.high - feature.low)) * (marginal - mean) ** 2;
  }
  return variance;
}
