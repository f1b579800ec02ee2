import { compareRank, isFailure, totalViolation } from './compare-rank.js';
import { beginsWith } from './prefix.js';
import { columnsOf, tellScores, type RankColumns } from './rank-columns.js';
import type { Observation } from './sampler.js';
import { countBelow, countUpTo } from './sorted-counts.js';

export { compareRank, isFailure, totalViolation };

/** Observations whose standings are known. A longer list goes on from them in place: nobody else holds them. */
interface Known {
  readonly told: Observation[];
  readonly columns: RankColumns;
  readonly scores: readonly number[];
}

/** Standings that were computed last for histories that begin with an observation: they only save time. */
const computed = new WeakMap<Observation, Known>();

/** Fewer observations are ranked faster than looked up. */
const WORTH_REMEMBERING = 64;

/** New observations up to which comparing each with all is faster than ranking all anew. */
const FEW = 64;

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
  if (known === undefined || !isContinued(known, observations)) {
    const scores = rankAnew(observations);
    computed.set(first, { told: [...observations], columns: columnsOf(observations), scores });
    return scores;
  }
  if (known.told.length === observations.length) return known.scores;
  // Callers may hold on to the scores that they were given.
  const scores = [...known.scores];
  const { told, columns } = known;
  // From here on they change in place: were a comparison to throw, nobody may go on from what is left.
  computed.delete(first);
  tellScores(observations.slice(told.length), told, columns, scores);
  computed.set(first, { told, columns, scores });
  return scores;
}

const isContinued = ({ told }: Known, observations: readonly Observation[]): boolean =>
  told.length + FEW >= observations.length && beginsWith(observations, told);

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
