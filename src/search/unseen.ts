import type { Stream } from '../core/random.js';
import type { Assignment, Space } from '../space/space.js';
import { assignmentKey } from './assignments.js';
import { uniformPoint } from './points.js';
import { createReplayCache, replayHistory } from './replay-cache.js';
import type { Observation } from './sampler.js';

/** Draws from the space after which a point that was proposed before is proposed again. */
const DRAWS = 100;

/** Points that were proposed before. */
export interface SeenPoints {
  has(point: Assignment): boolean;
  /** For the points of the wave that is being proposed. */
  add(point: Assignment): void;
}

// By points and not by observations: values of earlier trials change under policies that pause them, points do not.
const cache = createReplayCache<Set<string>, Assignment>();

/** All points told so far; what is added is forgotten with the answer. */
export function seenPoints(space: Space, history: readonly Observation[]): SeenPoints {
  const told = replayHistory(
    cache,
    { space, key: '', history: history.map(({ assignment }) => assignment) },
    () => new Set<string>(),
    (keys, assignment) => keys.add(assignmentKey(assignment)),
  );
  const added = new Set<string>();
  return {
    has: (point) => {
      const key = assignmentKey(point);
      return told.has(key) || added.has(key);
    },
    add: (point) => {
      added.add(assignmentKey(point));
    },
  };
}

/** A random point of the space, of a few draws the first that was not proposed before; the last where all were. */
export function drawUnseen(space: Space, seen: SeenPoints, random: Stream): Assignment {
  let point = space.decode(uniformPoint(space.dimensions, random));
  for (let draw = 1; draw < DRAWS && seen.has(point); draw++) {
    point = space.decode(uniformPoint(space.dimensions, random));
  }
  return point;
}
