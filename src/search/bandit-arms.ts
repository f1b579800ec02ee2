import { unknownName } from '../core/registry.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, Entry, Space } from '../space/space.js';
import { isFailure, standings } from './ranking.js';
import { createReplayCache, replayHistory } from './replay-cache.js';
import { rankRewards } from './rewards.js';
import type { Observation } from './sampler.js';
import { unsupportedSpace } from './unsupported.js';

/** A categorical entry. */
export type ArmEntry = Entry & Required<Pick<Entry, 'choices'>>;

/** What is known of one arm. */
export interface Arm {
  /** Places of its trials in the history, ascending. */
  readonly places: readonly number[];
  /** The reward of each of them, by {@link rankRewards}. */
  readonly rewards: readonly number[];
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
 *   condition, or none fits. Where the entry was named, its path is that of the option.
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
    ).at({ path: 'arm' });
  }
  if (isArmEntry(named)) return named;
  throw unsupportedSpace(
    sampler,
    'needs a categorical entry without a condition as its arms',
    named.choices === undefined ? `the ${named.kind} entry "${arm}"` : `"${arm}", which has a condition`,
  ).at({ path: 'arm' });
}

/** The arm of an observation, by its index; −1 where its value is none of the choices. */
export function armOf(entry: ArmEntry, { assignment }: Observation): number {
  const value = valueIn(assignment, entry.name);
  return entry.choices.findIndex((choice) => choice === value);
}

const cache = createReplayCache<number[]>();

/** {@link armOf} of each observation of a history. */
const armsOf = (space: Space, entry: ArmEntry, history: readonly Observation[]): readonly number[] =>
  replayHistory(
    cache,
    { space, key: entry.name, history },
    () => [],
    (arms, observation) => {
      arms.push(armOf(entry, observation));
      return arms;
    },
  );

/** The arms in the order of the choices, with the rewards of {@link rankRewards}. */
export function tellArms(space: Space, entry: ArmEntry, history: readonly Observation[]): Arm[] {
  const places = entry.choices.map((): number[] => []);
  const rewardsOf = entry.choices.map((): number[] => []);
  const best = entry.choices.map(() => -1);
  const scores = standings(history);
  const rewards = rankRewards(history, scores);
  const pulled = armsOf(space, entry, history);
  for (let place = 0; place < history.length; place++) {
    const arm = pulled[place]!;
    if (arm === -1) continue;
    places[arm]!.push(place);
    rewardsOf[arm]!.push(rewards[place]!);
    // The history is in trial order: where scores tie, the earlier trial stays.
    const known = best[arm]!;
    const leads = known === -1 || scores[place]! > scores[known]!;
    if (leads && !isFailure(history[place]!)) best[arm] = place;
  }
  return best.map((place, arm) => ({
    places: places[arm]!,
    rewards: rewardsOf[arm]!,
    pulls: places[arm]!.length,
    best: place === -1 ? undefined : history[place]!.assignment,
  }));
}
