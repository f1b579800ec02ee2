import { isFailure, standings } from '../ranking.js';
import type { Observation } from '../sampler.js';

/** Trials that count as good at most. */
const MOST_GOOD = 25;

/** How many of n told trials are good: a tenth, rounded up, but at most 25. */
export function goodCount(trials: number): number {
  return Math.min(Math.ceil(0.1 * trials), MOST_GOOD);
}

/**
 * Weights of n kernels in trial order: the newest 25 have 1, older ones rise linearly from 1/n to 1. Not normalised.
 */
export function recencyWeights(kernels: number): Float64Array {
  const weights = new Float64Array(kernels).fill(1);
  const ramp = kernels - MOST_GOOD;
  for (let index = 0; index < ramp; index++) {
    weights[index] = 1 / kernels + (ramp === 1 ? 0 : (index / (ramp - 1)) * (1 - 1 / kernels));
  }
  return weights;
}

/**
 * 1 for each trial that is good: the best {@link goodCount} by their standings, ties by trial. A failure is never
 * good, so that a study of few successes has fewer.
 */
export function goodTrials(history: readonly Observation[]): Uint8Array {
  const scores = standings(history);
  const best = history
    .map((_, index) => index)
    .filter((index) => !isFailure(history[index]!))
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, goodCount(history.length));
  const good = new Uint8Array(history.length);
  for (const index of best) good[index] = 1;
  return good;
}
