import { isFailure, standings } from '../ranking.js';
import type { Observation } from '../sampler.js';

/** Trials that count as good at most. */
const MOST_GOOD = 25;

/** Trials that are not good and modelled at most. */
const MOST_OTHERS = 1000;

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
  const most = goodCount(history.length);
  const best: number[] = [];
  // A long history is gone through at every wave: no sort of it.
  for (let trial = 0; trial < history.length; trial++) {
    const isBehind = best.length === most && !(scores[trial]! > scores[best.at(-1)!]!);
    if (isBehind || isFailure(history[trial]!)) continue;
    if (best.length === most) best.pop();
    const place = best.findIndex((other) => scores[trial]! > scores[other]!);
    best.splice(place < 0 ? best.length : place, 0, trial);
  }
  const good = new Uint8Array(history.length);
  for (const trial of best) good[trial] = 1;
  return good;
}

/**
 * The trials that are not good and are modelled, ascending: all or, where they are more than 1000, an even selection
 * with the newest among them. So a proposal costs no more however long the history is; 1000 kernels estimate the
 * density of the others about as well as 10,000.
 */
export function otherTrials(good: Uint8Array): Int32Array {
  const others = rowsWhere(good, 0);
  if (others.length <= MOST_OTHERS) return others;
  const step = others.length / MOST_OTHERS;
  const newestFirst = Int32Array.from(
    { length: MOST_OTHERS },
    (_, pick) => others[others.length - 1 - Math.floor(pick * step)]!,
  );
  return newestFirst.reverse();
}

/** The places at which the array has the value, ascending. */
export function rowsWhere(array: Uint8Array, value: number): Int32Array {
  const places = new Int32Array(array.length);
  let count = 0;
  for (let place = 0; place < array.length; place++) if (array[place] === value) places[count++] = place;
  return places.subarray(0, count);
}
