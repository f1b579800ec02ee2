import { byNumber } from '../core/order.js';
import type { Observation } from './sampler.js';

/** True for a trial that was rejected, diverged or failed: its value is not a finite number. */
export function isFailure(observation: Observation): boolean {
  return !Number.isFinite(observation.value);
}

/**
 * Best first: finite values before failures, higher fidelity before lower (a trial that was allowed to go on beat
 * those that were not), then smaller values. Equal ranks compare as 0.
 */
export function compareRank(a: Observation, b: Observation): number {
  const failedA = isFailure(a);
  const failedB = isFailure(b);
  if (failedA || failedB) return Number(failedA) - Number(failedB);
  return b.fidelity - a.fidelity || byNumber(a.value, b.value);
}

/** {@link compareRank} with ties by trial number: a total order. */
export function compareObservations(a: Observation, b: Observation): number {
  return compareRank(a, b) || a.trial - b.trial;
}

/** The observations, best first, in a new array. */
export function ranked(observations: readonly Observation[]): Observation[] {
  return [...observations].sort(compareObservations);
}
