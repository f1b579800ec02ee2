/** The values that one coordinate of the points may have, all equally likely. */
export type Feature =
  | { readonly kind: 'numeric'; readonly low: number; readonly high: number }
  /** 0 … size − 1. */
  | { readonly kind: 'categorical'; readonly size: number };

/** Part of a feature: an interval, or some of its categories. */
export type Side =
  | { readonly kind: 'numeric'; readonly low: number; readonly high: number }
  | { readonly kind: 'categorical'; readonly categories: readonly number[] };

export function wholeSide(feature: Feature): Side {
  return feature.kind === 'numeric'
    ? feature
    : { kind: 'categorical', categories: Array.from({ length: feature.size }, (_, category) => category) };
}

/** Part of the feature's values that lie in the side, in [0, 1]. */
export function partOf(side: Side, feature: Feature): number {
  if (side.kind === 'numeric') {
    const { low, high } = feature as Extract<Feature, { kind: 'numeric' }>;
    return (side.high - side.low) / (high - low);
  }
  return side.categories.length / (feature as Extract<Feature, { kind: 'categorical' }>).size;
}

/** Part of the feature's values that lie in both. */
export function commonPart(a: Side, b: Side, feature: Feature): number {
  if (a.kind === 'numeric' && b.kind === 'numeric') {
    const { low, high } = feature as Extract<Feature, { kind: 'numeric' }>;
    return Math.max(0, Math.min(a.high, b.high) - Math.max(a.low, b.low)) / (high - low);
  }
  if (a.kind === 'categorical' && b.kind === 'categorical') {
    const common = a.categories.filter((category) => b.categories.includes(category));
    return common.length / (feature as Extract<Feature, { kind: 'categorical' }>).size;
  }
  throw new Error('two sides of one feature are of one kind');
}
