import { compareRank, isFailure } from './ranking.js';
import type { Observation } from './sampler.js';

/**
 * A reward in [0, 1] for each observation, in the order given: its rank among all of them, ties sharing the middle
 * rank, scaled so that the best group gets 1 and the worst 0. A failure gets 0. Ranks, because one diverging or
 * huge value would press all others together under min-max scaling. Rewards change as the history grows; where
 * all values are equal they are 0.5.
 */
export function rankRewards(observations: readonly Observation[]): number[] {
  const order = observations.map((_, index) => index);
  order.sort((a, b) => compareRank(observations[a]!, observations[b]!));
  const middle = new Array<number>(observations.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && compareRank(observations[order[start]!]!, observations[order[end]!]!) === 0)
      end++;
    for (let position = start; position < end; position++) middle[order[position]!] = (start + end - 1) / 2;
    start = end;
  }
  const best = middle[order[0]!] ?? 0;
  const worst = middle[order.at(-1)!] ?? 0;
  return observations.map((observation, index) => {
    if (isFailure(observation)) return 0;
    return worst === best ? 0.5 : (worst - middle[index]!) / (worst - best);
  });
}
