import { unknownName } from '../core/registry.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, Entry, Space } from '../space/space.js';
import { isFailure, standings } from './ranking.js';
import { rankRewards } from './rewards.js';
import type { Observation } from './sampler.js';
import { unsupportedSpace } from './unsupported.js';

/** A categorical entry. */
export type ArmEntry = Entry & Required<Pick<Entry, 'choices'>>;

/** What is known of one arm. */
export interface Arm {
  /** Trials told, in trial order. */
  readonly told: readonly { readonly trial: number; readonly reward: number }[];
  /** Trials told, and trials of the wave being proposed, whose reward is not known yet. */
  pulls: number;
  /** The best trial of the arm that did not fail. */
  readonly best: Assignment | undefined;
}

const isArmEntry = (entry: Entry): entry is ArmEntry =>
  entry.choices !== undefined && entry.conditions.length === 0;

/**
 * The entry whose choices are the arms: the one named, else the first categorical one without a condition.
 * @throws UserError `unknown-name` where there is no such entry; `unsupported` where it is not categorical, has a
 *   condition, or none fits.
 */
export function armEntry(sampler: string, space: Space, arm: string | undefined): ArmEntry {
  if (arm === undefined) {
    const first = space.entries.find(isArmEntry);
    if (first !== undefined) return first;
    throw unsupportedSpace(sampler, 'needs a categorical entry without a condition as its arms', 'none');
  }
  const named = space.entries.find(({ name }) => name === arm);
  if (named === undefined) {
    throw unknownName(
      'entry',
      arm,
      space.entries.map(({ name }) => name),
    );
  }
  if (isArmEntry(named)) return named;
  throw unsupportedSpace(
    sampler,
    'needs a categorical entry without a condition as its arms',
    named.choices === undefined ? `the ${named.kind} entry "${arm}"` : `"${arm}", which has a condition`,
  );
}

/** The arm of an observation, by its index; −1 where its value is none of the choices. */
export function armOf(entry: ArmEntry, { assignment }: Observation): number {
  const value = valueIn(assignment, entry.name);
  return entry.choices.findIndex((choice) => choice === value);
}

/** The arms in the order of the choices, with the rewards of {@link rankRewards}. */
export function tellArms(entry: ArmEntry, history: readonly Observation[]): Arm[] {
  const told = entry.choices.map((): { trial: number; reward: number }[] => []);
  const best = entry.choices.map(() => ({
    score: -Infinity,
    assignment: undefined as Assignment | undefined,
  }));
  const scores = standings(history);
  const rewards = rankRewards(history);
  history.forEach((observation, index) => {
    const arm = armOf(entry, observation);
    if (arm === -1) return;
    told[arm]!.push({ trial: observation.trial, reward: rewards[index]! });
    // The history is in trial order: where scores tie, the earlier trial stays.
    if (isFailure(observation) || !(scores[index]! > best[arm]!.score)) return;
    best[arm] = { score: scores[index]!, assignment: observation.assignment };
  });
  return told.map((trials, arm) => ({ told: trials, pulls: trials.length, best: best[arm]!.assignment }));
}
