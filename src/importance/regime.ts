import { sameValue } from '../search/assignments.js';
import { isFailure, standings } from '../search/ranking.js';
import { isFree } from '../search/points.js';
import type { Observation } from '../search/sampler.js';
import { assigned, valueIn } from '../space/entry-value.js';
import type { Entry, Space } from '../space/space.js';

/**
 * The trials in which entries of the same conditions are active. Outside of it these entries have no value, so their
 * importance is measured within.
 */
export interface Regime {
  /** The entries of more than one value that are active under exactly these conditions. */
  readonly entries: readonly Entry[];
  readonly trials: readonly Observation[];
  /** Of each trial in [0, 1]: the part of the other trials that it is better than; ties count half. */
  readonly shares: readonly number[];
  /** Trials that did not fail. */
  readonly scored: number;
}

/** Fewer trials with a score than this say nothing. */
export const FEWEST_TRIALS = 4;

/** Can anything be said: are there enough trials, and do their results differ? */
export function tells({ scored, shares }: Regime): boolean {
  return scored >= FEWEST_TRIALS && shares.some((share) => share !== shares[0]);
}

/** Had the entry more than one value in the trials? Where it had not, they say nothing of it, whatever they scored. */
export function varies(entry: Entry, { trials }: Regime): boolean {
  const [first, ...others] = trials.map(({ assignment }) => assigned(assignment, entry.name));
  return first !== undefined && others.some((value) => !sameValue(value, first));
}

/** Entries whose values lie on axes: formulas do not, so nothing can be said of where the good ones are. */
export const isMeasurable = (entry: Entry): boolean => isFree(entry) && entry.kind !== 'expression';

/** The regimes of a space, in the order of their first entries. */
export function regimesOf(space: Space, trials: readonly Observation[]): readonly Regime[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of space.entries.filter(isMeasurable)) {
    const key = JSON.stringify(entry.conditions);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((entries) => {
    const active = trials.filter(({ assignment }) => valueIn(assignment, entries[0]!.name) !== undefined);
    const scored = active.filter((trial) => !isFailure(trial)).length;
    return { entries, trials: active, shares: sharesOf(active), scored };
  });
}

/** The standings of trials as parts of one. */
export function sharesOf(trials: readonly Observation[]): readonly number[] {
  if (trials.length < 2) return trials.map(() => 0.5);
  return standings(trials).map((score) => score / (trials.length - 1));
}
