import { canonicalJson } from '../../core/json.js';
import type { Space } from '../../space/space.js';
import { crowdingDistances } from '../pareto/crowding-distances.js';
import type { ConstrainedPoint } from '../pareto/dominance.js';
import { constrainedRanks } from '../pareto/non-dominated-ranks.js';
import { standings, totalViolation } from '../ranking.js';
import { assignmentKey } from '../assignments.js';
import { createReplayCache, replayWaves } from '../replay-cache.js';
import type { Observation } from '../sampler.js';

/** Trials that are alive, in trial order. */
export type Population = readonly Observation[];

/**
 * What each trial is judged by, beside the others given: its objectives and its violation. Where there is one
 * objective it is the trial's standing, which is fair to trials of different fidelity.
 */
export function judgedPoints(trials: readonly Observation[]): readonly ConstrainedPoint[] {
  const count = trials.reduce((most, { objectives }) => Math.max(most, objectives?.length ?? 1), 1);
  if (count === 1) {
    return standings(trials).map((standing) => ({ objectives: [-standing], violation: 0 }));
  }
  return trials.map((trial) => ({
    // A trial of which the primary value alone is known has the worst of the others.
    objectives: trial.objectives ?? [trial.value, ...new Array<number>(count - 1).fill(Infinity)],
    violation: trial.violations === undefined ? 0 : totalViolation(trial),
  }));
}

/**
 * The `count` trials that live on: front by front, and of the front that does not fit whole those with the most room;
 * ties by trial number.
 */
export function survivingTrials(trials: readonly Observation[], count: number): Population {
  if (trials.length <= count) return trials;
  const points = judgedPoints(trials);
  const ranks = constrainedRanks(points);
  const order = trials.map((_, index) => index).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
  const last = ranks[order[count - 1]!]!;
  const chosen = order.filter((index) => ranks[index]! < last);
  const front = order.filter((index) => ranks[index] === last);
  const room = crowdingDistances(front.map((index) => points[index]!.objectives));
  const best = front
    .map((index, place) => ({ index, room: room[place]! }))
    .sort((a, b) => (a.room === b.room ? a.index - b.index : b.room - a.room))
    .slice(0, count - chosen.length);
  return [...chosen, ...best.map(({ index }) => index)].sort((a, b) => a - b).map((index) => trials[index]!);
}

/** What a history comes to. */
export interface Evolution {
  readonly population: Population;
  /** Keys of all points that were told. */
  readonly seen: ReadonlySet<string>;
}

/** The set grows with the replay: nobody else goes on from a state that was taken further. */
const cache = createReplayCache<{ readonly population: Population; readonly seen: Set<string> }>();

/** The evolution after the waves of a history: after each wave the best of it and of those before live. */
export function replayEvolution(space: Space, size: number, history: readonly Observation[]): Evolution {
  return replayWaves(
    cache,
    { space, key: canonicalJson({ size }), history },
    () => ({ population: [], seen: new Set<string>() }),
    ({ population, seen }, wave) => {
      for (const { assignment } of wave) seen.add(assignmentKey(assignment));
      return { population: survivingTrials([...population, ...wave], size), seen };
    },
  );
}

/** The population after the waves of a history, see {@link replayEvolution}. */
export const replayPopulation = (space: Space, size: number, history: readonly Observation[]): Population =>
  replayEvolution(space, size, history).population;
