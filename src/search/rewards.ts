import { isFailure, standings } from './ranking.js';
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
