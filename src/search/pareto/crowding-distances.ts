import { byNumber } from '../../core/order.js';
import type { Objectives } from './dominance.js';

/**
 * How much room each point of a front has: the sum over the objectives of the gap between its two neighbours, as part
 * of the range of the front; the ends of each objective have +Infinity. In the order given. An objective in which all
 * are equal adds nothing, one whose range is infinite only its ends; of equal values the first given is the lower.
 * Source: Deb et al., IEEE Transactions on Evolutionary Computation 6 (2002), section III-B.
 */
export function crowdingDistances(front: readonly Objectives[]): number[] {
  const distances = new Array<number>(front.length).fill(0);
  const dimensions = front[0]?.length ?? 0;
  for (let objective = 0; objective < dimensions; objective++) {
    const value = (index: number): number => front[index]![objective]!;
    const order = front.map((_, index) => index).sort((a, b) => byNumber(value(a), value(b)) || a - b);
    const range = value(order.at(-1)!) - value(order[0]!);
    // Also where both ends are infinite, and the range with them is NaN.
    if (!(range > 0)) continue;
    distances[order[0]!] = Infinity;
    distances[order.at(-1)!] = Infinity;
    if (!Number.isFinite(range)) continue;
    for (let place = 1; place < order.length - 1; place++) {
      distances[order[place]!]! += (value(order[place + 1]!) - value(order[place - 1]!)) / range;
    }
  }
  return distances;
}
