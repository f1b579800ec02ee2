import { byNumber } from '../core/order.js';
import type { Observation } from './sampler.js';
import { countBelow, countUpTo } from './sorted-counts.js';

/** True for a trial that was rejected, diverged or failed, or misses a constraint: its value is not a finite number. */
export function isFailure(observation: Observation): boolean {
  return !Number.isFinite(observation.value);
}

/**
 * How far a trial misses its constraints in all: the sum of its violations, 0 where it keeps them. +Infinity for a
 * trial that has no result.
 */
export function totalViolation({ value, violations }: Observation): number {
  if (violations === undefined || violations.length === 0) return Number.isFinite(value) ? 0 : Infinity;
  return violations.reduce((sum, violation) => sum + violation, 0);
}

/**
 * Compares two trials at the highest fidelity that both reached, smaller values first; failures come last, among them
 * those first that have a result and miss the constraints by less. Where the values tie there, the one that trained
 * longer comes first. Equal ranks compare as 0.
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
  if (failedA && failedB) return byNumber(totalViolation(a), totalViolation(b));
  if (failedA || failedB) return Number(failedA) - Number(failedB);
  const common = Math.min(a.curve.length, b.curve.length) - 1;
  return byNumber(a.curve[common]!, b.curve[common]!) || b.curve.length - a.curve.length;
}

/** Standings that were computed last for histories that begin with an observation: they only save time. */
const computed = new WeakMap<
  Observation,
  { readonly told: readonly Observation[]; readonly scores: readonly number[] }
>();

/** Fewer observations are ranked faster than looked up. */
const WORTH_REMEMBERING = 64;

/** New observations up to which comparing each with all is faster than ranking all anew. */
const FEW = 16;

/**
 * How many of the others each observation is ahead of by {@link compareRank}, ties counting half (Copeland's
 * score). Where the comparisons do form an order the scores form the same one, and a failure is always behind
 * whatever did not fail. Takes O(n log n) steps for each curve length that occurs, and O(n) for each observation
 * that is new where the list continues the last one; sums of halves are exact, so the way changes no score.
 */
export function standings(observations: readonly Observation[]): readonly number[] {
  const [first] = observations;
  if (first === undefined || observations.length < WORTH_REMEMBERING) return rankAnew(observations);
  const known = computed.get(first);
  const continued =
    known !== undefined &&
    known.told.length + FEW >= observations.length &&
    known.told.length <= observations.length &&
    known.told.every((observation, index) => observation === observations[index]);
  if (continued && known.told.length === observations.length) return known.scores;
  const scores = continued
    ? observations.slice(known.told.length).reduce(withOneMore(observations), [...known.scores])
    : rankAnew(observations);
  // A copy: the caller may go on adding to its own array.
  computed.set(first, { told: [...observations], scores });
  return scores;
}

/** Adds the next observation to the scores of those before it, in place. */
const withOneMore =
  (observations: readonly Observation[]) =>
  (scores: number[], added: Observation): number[] => {
    const before = scores.length;
    let own = 0;
    for (let index = 0; index < before; index++) {
      const order = compareRank(added, observations[index]!);
      const share = order < 0 ? 1 : order > 0 ? 0 : 0.5;
      own += share;
      scores[index]! += 1 - share;
    }
    scores.push(own);
    return scores;
  };

/**
 * Two trials are compared at the length of the shorter curve. So for each length: those that ended there among
 * themselves, ties counting half, and against all that went on, who win ties.
 */
function rankAnew(observations: readonly Observation[]): number[] {
  const byLength = new Map<number, number[]>();
  observations.forEach((one, index) => {
    if (isFailure(one)) return;
    const alike = byLength.get(one.curve.length);
    if (alike === undefined) byLength.set(one.curve.length, [index]);
    else alike.push(index);
  });
  const longestFirst = [...byLength].sort(([a], [b]) => b - a);
  const sound = longestFirst.reduce((sum, [, alike]) => sum + alike.length, 0);
  const failures = observations.length - sound;
  const scores = failureScores(observations);
  const wentOn: number[] = [];
  for (const [length, ended] of longestFirst) {
    // Without any evaluation there is nothing to compare but how long each trained.
    const valueOf = (index: number): number => (length === 0 ? 0 : observations[index]!.curve[length - 1]!);
    const values = Float64Array.from(ended, valueOf);
    const furtherValues = Float64Array.from(wentOn, valueOf);
    const ascending = values.slice().sort();
    const furtherAscending = furtherValues.slice().sort();
    ended.forEach((index, place) => {
      const value = values[place]!;
      const upTo = countUpTo(ascending, value);
      const ties = upTo - countBelow(ascending, value) - 1;
      const beatsFurther = wentOn.length - countUpTo(furtherAscending, value);
      scores[index] = failures + ended.length - upTo + ties / 2 + beatsFurther;
    });
    wentOn.forEach((index, place) => {
      scores[index]! += ended.length - countBelow(ascending, furtherValues[place]!);
    });
    for (const index of ended) wentOn.push(index);
  }
  return scores;
}

/** Scores of the failures among themselves, by how far they miss constraints, ties counting half; 0 for all others. */
function failureScores(observations: readonly Observation[]): number[] {
  const scores = new Array<number>(observations.length).fill(0);
  const failed = observations.flatMap((one, index) => (isFailure(one) ? [index] : []));
  const violations = Float64Array.from(failed, (index) => totalViolation(observations[index]!));
  const ascending = violations.slice().sort();
  failed.forEach((index, place) => {
    const upTo = countUpTo(ascending, violations[place]!);
    const ties = upTo - countBelow(ascending, violations[place]!) - 1;
    scores[index] = failed.length - upTo + ties / 2;
  });
  return scores;
}

/** The observations by their {@link standings}, best first, ties by trial number, in a new array. */
export function ranked(observations: readonly Observation[]): Observation[] {
  const scores = standings(observations);
  return observations
    .map((observation, index) => ({ observation, score: scores[index]! }))
    .sort((a, b) => b.score - a.score || a.observation.trial - b.observation.trial)
    .map(({ observation }) => observation);
}
