import { permutation, type Stream } from '../core/random.js';
import { PARTS, type Part } from '../problem/part.js';

/** Share of the samples in each part; positive, with sum 1. */
export type Fractions = Readonly<Record<Part, number>>;

export interface SplitRequest {
  readonly size: number;
  /** Class of each sample, when the split is to keep the shares of the classes. */
  readonly strata?: Int32Array;
  readonly fractions: Fractions;
  readonly random: Stream;
}

/**
 * Splits 0 … size − 1 at random into the four parts: disjoint, covering, each in ascending order. In every stratum
 * the parts get their shares rounded by largest remainder; a stratum with as many samples as there are parts has
 * at least one in each; a smaller one goes to train first.
 */
export function splitParts({ size, strata, fractions, random }: SplitRequest): Record<Part, Int32Array> {
  const chosen: Record<Part, number[]> = { train: [], validation: [], selection: [], test: [] };
  for (const members of shuffledStrata(size, strata, random)) {
    const counts = apportion(
      members.length,
      PARTS.map((part) => fractions[part]),
    );
    shareOut(counts, members.length);
    let next = 0;
    PARTS.forEach((part, index) => {
      for (let taken = 0; taken < counts[index]!; taken++) chosen[part].push(members[next++]!);
    });
  }
  const ascending = (part: Part): Int32Array => Int32Array.from(chosen[part]).sort();
  return {
    train: ascending('train'),
    validation: ascending('validation'),
    selection: ascending('selection'),
    test: ascending('test'),
  };
}

/**
 * A random choice of `count` of the samples 0 … size − 1 that keeps the shares of the strata (by largest
 * remainder, every stratum at least one where there is room), ascending. All of them when count ≥ size.
 */
export function subsample(
  size: number,
  strata: Int32Array | undefined,
  count: number,
  random: Stream,
): Int32Array {
  if (count >= size) return Int32Array.from({ length: size }, (_, index) => index);
  const groups = shuffledStrata(size, strata, random);
  const counts = apportion(
    count,
    groups.map((members) => members.length / size),
  );
  shareOut(counts, count);
  return Int32Array.from(groups.flatMap((members, index) => members.slice(0, counts[index]))).sort();
}

/** The samples of each stratum, strata in ascending order, samples in random order. */
function shuffledStrata(size: number, strata: Int32Array | undefined, random: Stream): number[][] {
  const groups = new Map<number, number[]>();
  for (const sample of permutation(size, random)) {
    const stratum = strata?.[sample] ?? 0;
    const members = groups.get(stratum);
    if (members === undefined) groups.set(stratum, [sample]);
    else members.push(sample);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, members]) => members);
}

/**
 * Whole numbers with sum `total` in proportion to the shares: rounded down, then the largest remainders up, the
 * first on a tie.
 */
export function apportion(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const quotas = shares.map((share) => (total * share) / sum);
  const counts = quotas.map(Math.floor);
  const left = total - counts.reduce((a, b) => a + b, 0);
  const order = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order.slice(0, left)) counts[index]!++;
  return counts;
}

/** Moves one from the largest count to each that is 0, where there are enough for all. Changes `counts`. */
function shareOut(counts: number[], total: number): void {
  if (total < counts.length) return;
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] !== 0) continue;
    counts[counts.indexOf(Math.max(...counts))]!--;
    counts[index] = 1;
  }
}
