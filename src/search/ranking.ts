import { byNumber } from '../core/order.js';
import type { Observation } from './sampler.js';

/** True for a trial that was rejected, diverged or failed: its value is not a finite number. */
export function isFailure(observation: Observation): boolean {
  return !Number.isFinite(observation.value);
}

/**
 * Compares two trials at the highest fidelity that both reached, smaller values first; failures come last. Where
 * the values tie there, the one that trained longer comes first. Equal ranks compare as 0.
 *
 * Values of different fidelity say nothing about each other, and how long a trial trained says something only
 * within its own bracket: there the trials that went on are those that were better, and this comparison gives the
 * order "longer first, then by value". Between brackets it is the comparison of asynchronous successive halving,
 * whose rung holds everyone who passed it, whenever that was (Li et al., MLSys 2020, algorithm 2). A trial that
 * trained fully in a bracket that stops nobody thus earns no place before a better one that another bracket
 * stopped. Learning curves may cross, so over several brackets this is no order: {@link standings} makes one.
 */
export function compareRank(a: Observation, b: Observation): number {
  const failedA = isFailure(a);
  const failedB = isFailure(b);
  if (failedA || failedB) return Number(failedA) - Number(failedB);
  const common = Math.min(a.curve.length, b.curve.length) - 1;
  return byNumber(a.curve[common]!, b.curve[common]!) || b.curve.length - a.curve.length;
}

/**
 * How many of the others each observation is ahead of by {@link compareRank}, ties counting half (Copeland's
 * score). Where the comparisons do form an order the scores form the same one, and a failure is always behind
 * whatever did not fail.
 */
export function standings(observations: readonly Observation[]): number[] {
  return observations.map((one, index) =>
    observations.reduce((score, other, place) => {
      if (place === index) return score;
      const order = compareRank(one, other);
      return score + (order < 0 ? 1 : order > 0 ? 0 : 0.5);
    }, 0),
  );
}

/** The observations by their {@link standings}, best first, ties by trial number, in a new array. */
export function ranked(observations: readonly Observation[]): Observation[] {
  const scores = standings(observations);
  return observations
    .map((observation, index) => ({ observation, score: scores[index]! }))
    .sort((a, b) => b.score - a.score || a.observation.trial - b.observation.trial)
    .map(({ observation }) => observation);
}
