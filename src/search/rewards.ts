import { compareRank, isFailure, standings } from './ranking.js';
import type { Observation } from './sampler.js';

/**
 * A reward in [0, 1] for each observation, in the order given: its standing among all of them, scaled so that the
 * best gets 1 and the worst 0. A failure gets 0. Standings, because one diverging or huge value would press all
 * others together under min-max scaling. Rewards change as the history grows; where all are equal they are 0.5.
 */
export function rankRewards(observations: readonly Observation[]): number[] {
  const scores = standings(observations);
  const best = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const worst = scores.reduce((least, score) => Math.min(least, score), Infinity);
  return observations.map((observation, index) => {
    if (isFailure(observation)) return 0;
    return best === worst ? 0.5 : (scores[index]! - worst) / (best - worst);
  });
}

/**
 * The share of the first `told` observations of a history, itself left out, that an observation among them is ahead
 * of by {@link compareRank}, ties counting half: in [0, 1], 0 for a failure, 0.5 where there is no other. Unlike
 * {@link rankRewards} it does not change as the history grows.
 */
export function shareBeaten(one: Observation, history: readonly Observation[], told: number): number {
  if (isFailure(one)) return 0;
  if (told < 2) return 0.5;
  let beaten = 0;
  for (let index = 0; index < told; index++) {
    const other = history[index]!;
    if (other === one) continue;
    const order = compareRank(one, other);
    beaten += order < 0 ? 1 : order > 0 ? 0 : 0.5;
  }
  return beaten / (told - 1);
}
