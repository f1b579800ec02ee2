import type { Space } from '../space/space.js';
import { beginsWith } from './prefix.js';
import type { Observation } from './sampler.js';
import { groupByWave } from './waves.js';

/** State of a sampler after the first observations of a history, or what else it replays: its points alone, say. */
export interface Replay<State, Item = Observation> {
  readonly told: readonly Item[];
  readonly state: State;
}

/**
 * Remembers where the last replay of a history ended, so that a study of T trials replays T trials and not T² / 2.
 * Only saves time: an entry is used when the history begins with the very same observations.
 */
export interface ReplayCache<State, Item = Observation> {
  /** The last replay stored under the key, where the history continues it. */
  find(space: Space, key: string, history: readonly Item[]): Replay<State, Item> | undefined;
  store(space: Space, key: string, replay: Replay<State, Item>): void;
  forget(space: Space, key: string): void;
}

/** What is replayed, and under which key the end of the last replay of it is kept. */
export interface ReplayRequest<Item = Observation> {
  readonly space: Space;
  readonly key: string;
  readonly history: readonly Item[];
}

/**
 * Tells the observations of a history to a state one by one, from where the last replay of it ended.
 * @param tell may change the state that it is given: nobody else goes on from it
 */
export function replayHistory<State, Item = Observation>(
  cache: ReplayCache<State, Item>,
  { space, key, history }: ReplayRequest<Item>,
  start: () => State,
  tell: (state: State, item: Item) => State,
): State {
  const known = cache.find(space, key, history);
  // From here on the state changes in place: were `tell` to throw, nobody may go on from what is left.
  cache.forget(space, key);
  let state = known?.state ?? start();
  for (let index = known?.told.length ?? 0; index < history.length; index++) {
    state = tell(state, history[index]!);
  }
  // A copy: the caller may go on adding to its own array.
  cache.store(space, key, { told: [...history], state });
  return state;
}

/**
 * As {@link replayHistory}, wave by wave.
 * @param told trials that were told before the wave
 */
export function replayWaves<State>(
  cache: ReplayCache<State>,
  { space, key, history }: ReplayRequest,
  start: () => State,
  tell: (state: State, wave: readonly Observation[], told: number) => State,
): State {
  const known = cache.find(space, key, history);
  cache.forget(space, key);
  let state = known?.state ?? start();
  let told = known?.told.length ?? 0;
  for (const wave of groupByWave(history, told)) {
    state = tell(state, wave, told);
    told += wave.length;
  }
  cache.store(space, key, { told: [...history], state });
  return state;
}

/** Replays kept for one space: a few seeds and options side by side. */
const CAPACITY = 8;

export function createReplayCache<State, Item = Observation>(): ReplayCache<State, Item> {
  const bySpace = new WeakMap<Space, Map<string, Replay<State, Item>>>();
  return {
    find: (space, key, history) => {
      const replay = bySpace.get(space)?.get(key);
      return replay !== undefined && beginsWith(history, replay.told) ? replay : undefined;
    },
    store: (space, key, replay) => {
      const replays = bySpace.get(space) ?? new Map<string, Replay<State, Item>>();
      replays.delete(key);
      replays.set(key, replay);
      const oldest = replays.keys().next().value;
      if (replays.size > CAPACITY && oldest !== undefined) replays.delete(oldest);
      bySpace.set(space, replays);
    },
    forget: (space, key) => {
      bySpace.get(space)?.delete(key);
    },
  };
}
