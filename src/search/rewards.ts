import { isFailure, standings } from './ranking.js';
import type { Observation } from './sampler.js';

/**
 * A reward in [0, 1] for each observation, in the order given: its standing among all of them, scaled so that the
 * best gets 1 and the worst 0. A failure gets 0. Standings, because one diverging or huge value would press all
 * others together under min-max scaling. Rewards change as the history grows; where all are equal they are 0.5.
 * @param scores the standings, where they are known already
 */
export function rankRewards(
  observations: readonly Observation[],
  scores: readonly number[] = standings(observations),
): number[] {
  let best = -Infinity;
  let worst = Infinity;
  for (const score of scores) {
    if (score > best) best = score;
    if (score < worst) worst = score;
  }
  const rewards: number[] = [];
  for (let index = 0; index < scores.length; index++) {
    const share = best === worst ? 0.5 : (scores[index]! - worst) / (best - worst);
    rewards.push(isFailure(observations[index]!) ? 0 : share);
  }
  return rewards;
}

/**
 * The share of the others that each observation from a place on is ahead of, by {@link standings}, ties counting
 * half: in [0, 1], 0 for a failure, 0.5 where there is no other. Unlike {@link rankRewards} the share among the trials
 * told at one time does not change as the history grows.
 */
export function sharesBeaten(told: readonly Observation[], from: number): number[] {
  const scores = standings(told);
  return told.slice(from).map((one, index) => {
    if (isFailure(one)) return 0;
    return told.length < 2 ? 0.5 : scores[from + index]! / (told.length - 1);
  });
}
