import { byNumber } from '../core/order.js';
import { isFailure, totalViolation } from './compare-rank.js';
import type { Observation } from './sampler.js';

/** What a comparison by `compareRank` looks at. */
interface RankRow {
  /** Length of the curve; {@link FAILED} for a failure. */
  readonly length: number;
  /** The last value of the curve, 0 where it has none; of a failure, by how much it misses its constraints. */
  readonly last: number;
  readonly curve: readonly number[];
}

/**
 * The same of many observations, trial by trial: reading arrays of numbers is many times faster than following every
 * observation to its curve.
 */
export interface RankColumns {
  readonly lengths: number[];
  readonly lasts: number[];
  /** Of some lengths: the value there of each observation, if its curve is longer. */
  readonly passed: Map<number, number[]>;
}

const FAILED = -1;

/** Lengths whose values are kept: policies have few rungs; where there are more, curves are followed. */
const MOST_LENGTHS = 8;

function rowOf(one: Observation): RankRow {
  const { curve } = one;
  if (isFailure(one)) return { length: FAILED, last: totalViolation(one), curve };
  return { length: curve.length, last: curve.length === 0 ? 0 : curve[curve.length - 1]!, curve };
}

/** The value at a length, if the curve is longer; else anything. */
const passing = (curve: readonly number[], length: number): number =>
  curve.length > length ? curve[length - 1]! : 0;

export function columnsOf(observations: readonly Observation[]): RankColumns {
  const rows = observations.map(rowOf);
  return {
    lengths: rows.map(({ length }) => length),
    lasts: rows.map(({ last }) => last),
    passed: new Map(),
  };
}

/**
 * Adds observations, in place, to those told, their columns, and the scores: how many of the others each is ahead of by
 * `compareRank`, ties counting half. One pass over those told for all that are new.
 */
export function tellScores(
  added: readonly Observation[],
  told: Observation[],
  columns: RankColumns,
  scores: number[],
): void {
  const { lengths, lasts, passed } = columns;
  const rows = added.map(rowOf);
  const passedOf = rows.map(({ length }) => passedAt(length, told, columns));
  const beaten = new Float64Array(rows.length);
  for (let index = 0; index < told.length; index++) {
    const length = lengths[index]!;
    const last = lasts[index]!;
    let gained = 0;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      const share = shareAhead(row, length, last, told[index]!, passedOf[place]?.[index]);
      beaten[place]! += share;
      gained += 1 - share;
    }
    scores[index]! += gained;
  }
  const before = told.length;
  rows.forEach((row, place) => {
    let score = beaten[place]!;
    for (let other = 0; other < place; other++) {
      const { length, last } = rows[other]!;
      const share = shareAhead(row, length, last, added[other]!, undefined);
      score += share;
      scores[before + other]! += 1 - share;
    }
    scores.push(score);
    told.push(added[place]!);
    lengths.push(row.length);
    lasts.push(row.last);
    for (const [length, values] of passed) values.push(passing(row.curve, length));
  });
}

/** The values at a length, of those told; undefined where they are not kept. */
function passedAt(
  length: number,
  told: readonly Observation[],
  { passed }: RankColumns,
): readonly number[] | undefined {
  if (length < 1) return undefined;
  if (!passed.has(length) && passed.size < MOST_LENGTHS) {
    passed.set(
      length,
      told.map(({ curve }) => passing(curve, length)),
    );
  }
  return passed.get(length);
}

/**
 * 1 where a row is ahead of an observation; ½ for a tie.
 * @param length of the observation
 * @param last of the observation
 * @param passed its value at the length of the row, where that is known and its curve is longer
 */
function shareAhead(
  row: RankRow,
  length: number,
  last: number,
  one: Observation,
  passed: number | undefined,
): number {
  let here = row.last;
  let there = last;
  if (length === FAILED || row.length === FAILED) {
    // Failures among themselves by how much they miss, and behind all others.
    if (length !== row.length) here = there = 0;
  } else if (length < row.length) {
    // At the end of the shorter curve.
    if (length > 0) here = row.curve[length - 1]!;
    else here = there;
  } else if (row.length < length) {
    if (row.length > 0) there = passed ?? one.curve[row.length - 1]!;
    else there = here;
  }
  return here < there ? 1 : here > there ? 0 : shareOfTie(here, there, length - row.length);
}

/** What is left where neither number is below the other: one may be no number, else the longer curve is ahead. */
function shareOfTie(here: number, there: number, longer: number): number {
  const order = byNumber(here, there) || longer;
  return order < 0 ? 1 : order > 0 ? 0 : 0.5;
}
