import { byNumber } from '../../core/order.js';
import { dominates, type ConstrainedPoint, type Objectives } from './dominance.js';

/**
 * The front of each point: 0 for those that no other dominates, 1 for those that only points of front 0 dominate, and
 * so on, in the order given; equal points share a front. Points are taken in lexicographic order, where none can be
 * dominated by a later one, and each goes to the first front of which no member dominates it, found by bisection:
 * the fronts of Deb's fast non-dominated sort (2002) in O(n log n) comparisons for two objectives, O(n²) at worst for
 * more.
 * Source: Zhang et al., IEEE Transactions on Evolutionary Computation 19 (2015), ENS-BS.
 */
export function nonDominatedRanks(points: readonly Objectives[]): number[] {
  const order = points
    .map((_, index) => index)
    .sort((a, b) => lexicographic(points[a]!, points[b]!) || a - b);
  const fronts: Objectives[][] = [];
  const ranks = new Array<number>(points.length).fill(0);
  for (const index of order) {
    const point = points[index]!;
    let low = 0;
    let high = fronts.length;
    // A front that holds a dominating point lies behind fronts that do, too: dominance is transitive.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isDominated(point, fronts[middle]!)) low = middle + 1;
      else high = middle;
    }
    ranks[index] = low;
    if (low === fronts.length) fronts.push([point]);
    else fronts[low]!.push(point);
  }
  return ranks;
}

/**
 * The same by constrained dominance: the fronts of the points that keep the constraints, and behind them a front for
 * each total violation, the least first.
 */
export function constrainedRanks(points: readonly ConstrainedPoint[]): number[] {
  const feasible = points.flatMap(({ violation }, index) => (violation > 0 ? [] : [index]));
  const inner = nonDominatedRanks(feasible.map((index) => points[index]!.objectives));
  const ranks = new Array<number>(points.length).fill(0);
  feasible.forEach((index, place) => (ranks[index] = inner[place]!));
  const fronts = inner.reduce((most, rank) => Math.max(most, rank + 1), 0);
  const amounts = [...new Set(points.map(({ violation }) => violation).filter((amount) => amount > 0))];
  const place = new Map(amounts.sort(byNumber).map((amount, index) => [amount, fronts + index]));
  points.forEach(({ violation }, index) => {
    if (violation > 0) ranks[index] = place.get(violation)!;
  });
  return ranks;
}

function lexicographic(a: Objectives, b: Objectives): number {
  for (let index = 0; index < a.length; index++) {
    const order = byNumber(a[index]!, b[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether a member of a front, filled in lexicographic order, dominates the point, which comes after all of them. */
function isDominated(point: Objectives, front: readonly Objectives[]): boolean {
  // With two objectives the last member has the smallest second one: if it does not dominate, nobody does.
  if (point.length <= 2) return dominates(front.at(-1)!, point);
  for (let index = front.length - 1; index >= 0; index--) if (dominates(front[index]!, point)) return true;
  return false;
}
