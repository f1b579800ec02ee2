import { byNumber } from '../core/order.js';
import { isFailure, totalViolation } from './compare-rank.js';
import type { Observation } from './sampler.js';

/**
 * What a comparison by `compareRank` looks at in most cases, trial by trial: reading two arrays of numbers is many times
 * faster than following every observation to its curve.
 */
export interface RankColumns {
  /** Length of the curve; {@link FAILED} for a failure. */
  readonly lengths: number[];
  /** The last value of the curve, 0 where it has none; of a failure, by how much it misses its constraints. */
  readonly lasts: number[];
}

const FAILED = -1;

const lengthOf = (one: Observation): number => (isFailure(one) ? FAILED : one.curve.length);

const lastOf = (one: Observation): number =>
  isFailure(one) ? totalViolation(one) : one.curve.length === 0 ? 0 : one.curve[one.curve.length - 1]!;

export function addToColumns({ lengths, lasts }: RankColumns, added: Observation): void {
  lengths.push(lengthOf(added));
  lasts.push(lastOf(added));
}

/**
 * How many of the observations told a new one is ahead of by `compareRank`, ties counting half; adds to the score of
 * each of them what it gains by the new one.
 */
export function beatenBy(
  added: Observation,
  told: readonly Observation[],
  { lengths, lasts }: RankColumns,
  scores: number[],
): number {
  const { curve } = added;
  const own = lengthOf(added);
  const ownLast = lastOf(added);
  let beaten = 0;
  for (let index = 0; index < told.length; index++) {
    const length = lengths[index]!;
    let here = ownLast;
    let there = lasts[index]!;
    if (length === FAILED || own === FAILED) {
      // Failures among themselves by how much they miss, and behind all others.
      if (length !== own) here = there = 0;
    } else if (length < own) {
      // At the end of the shorter curve.
      if (length > 0) here = curve[length - 1]!;
      else here = there;
    } else if (own < length) {
      if (own > 0) there = told[index]!.curve[own - 1]!;
      else there = here;
    }
    const share = here < there ? 1 : here > there ? 0 : shareOfTie(here, there, length - own);
    beaten += share;
    scores[index]! += 1 - share;
  }
  return beaten;
}

/** What is left where neither number is below the other: one may be no number, else the longer curve is ahead. */
function shareOfTie(here: number, there: number, longer: number): number {
  const order = byNumber(here, there) || longer;
  return order < 0 ? 1 : order > 0 ? 0 : 0.5;
}
