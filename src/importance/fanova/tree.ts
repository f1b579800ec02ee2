import { partOf, wholeSide, type Feature, type Side } from './feature.js';

/** A regression tree. A point goes left where `below` holds for it. */
export type Tree =
  { readonly value: number } | { readonly split: Split; readonly left: Tree; readonly right: Tree };

export type Split =
  /** Coordinate ≤ threshold. */
  | { readonly feature: number; readonly threshold: number }
  /** Coordinate is this category. */
  | { readonly feature: number; readonly category: number };

/** A leaf: its prediction, and the box in which it holds. */
export interface Leaf {
  readonly value: number;
  readonly box: readonly Side[];
  /** Part of the space that the box is. */
  readonly volume: number;
}

/** The leaves of a tree; their boxes cover the space without overlap. */
export function leavesOf(tree: Tree, features: readonly Feature[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (node: Tree, box: readonly Side[]): void => {
    if ('value' in node) {
      const volume = box.reduce((product, side, index) => product * partOf(side, features[index]!), 1);
      leaves.push({ value: node.value, box, volume });
      return;
    }
    const [left, right] = halves(box[node.split.feature]!, node.split);
    visit(node.left, box.with(node.split.feature, left));
    visit(node.right, box.with(node.split.feature, right));
  };
  visit(tree, features.map(wholeSide));
  return leaves;
}

function halves(side: Side, split: Split): readonly [Side, Side] {
  if (side.kind === 'numeric' && 'threshold' in split) {
    return [
      { ...side, high: split.threshold },
      { ...side, low: split.threshold },
    ];
  }
  if (side.kind === 'categorical' && 'category' in split) {
    const others = side.categories.filter((category) => category !== split.category);
    return [
      { kind: 'categorical', categories: [split.category] },
      { kind: 'categorical', categories: others },
    ];
  }
  throw new Error('a split is of the kind of its feature');
}
