import { stream } from '../../core/random.js';
import { valueIn } from '../../space/entry-value.js';
import type { Space } from '../../space/space.js';
import { uniformPoint } from '../points.js';
import { compareRank } from '../ranking.js';
import { createReplayCache, replayHistory } from '../replay-cache.js';
import type { Observation } from '../sampler.js';
import type { Point } from './strategy.js';

/** The winner of a slot so far. */
export interface Member {
  readonly observation: Observation;
  readonly point: Point;
}

const cache = createReplayCache<{
  readonly winners: Map<number, Observation>;
  /** Points of the winners, as far as they were asked for. */
  readonly members: Map<number, Member>;
}>();

/** The winner of each slot that has one: trial n competes in slot n mod population, ties go to the later trial. */
export function survivingMembers(
  {
    space,
    seed,
    history,
  }: { readonly space: Space; readonly seed: string; readonly history: readonly Observation[] },
  population: number,
): ReadonlyMap<number, Member> {
  const { winners, members } = replayHistory(
    cache,
    { space, key: JSON.stringify([seed, population]), history },
    () => ({ winners: new Map<number, Observation>(), members: new Map<number, Member>() }),
    (state, observation) => {
      const slot = observation.trial % population;
      const holder = state.winners.get(slot);
      if (holder === undefined || compareRank(observation, holder) <= 0) state.winners.set(slot, observation);
      return state;
    },
  );
  for (const [slot, observation] of winners) {
    if (members.get(slot)?.observation === observation) continue;
    members.set(slot, { observation, point: memberPoint(space, seed, observation) });
  }
  return members;
}

/** The member in the unit cube; inactive coordinates are random, so that they keep some spread. */
export function memberPoint(space: Space, seed: string, { assignment, trial }: Observation): Point {
  const random = stream(seed, 'differential-evolution/inactive', trial);
  return space.entries.flatMap((entry) => {
    const value = valueIn(assignment, entry.name);
    const spare = uniformPoint(entry.dimensions, random);
    return value === undefined ? spare : entry.encode(value);
  });
}
