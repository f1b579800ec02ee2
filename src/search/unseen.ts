import type { Stream } from '../core/random.js';
import type { Assignment, Space } from '../space/space.js';
import { assignmentKey } from './assignments.js';
import { uniformPoint } from './points.js';
import type { Observation } from './sampler.js';

/** Draws from the space after which a point that was proposed before is proposed again. */
const DRAWS = 100;

/** Keys of all points told so far, a new set that the caller may add to. */
export function seenKeys(history: readonly Observation[]): Set<string> {
  return new Set(history.map(({ assignment }) => assignmentKey(assignment)));
}

/** A random point of the space, of a few draws the first that was not proposed before; the last where all were. */
export function drawUnseen(space: Space, seen: ReadonlySet<string>, random: Stream): Assignment {
  let point = space.decode(uniformPoint(space.dimensions, random));
  for (let draw = 1; draw < DRAWS && seen.has(assignmentKey(point)); draw++) {
    point = space.decode(uniformPoint(space.dimensions, random));
  }
  return point;
}
