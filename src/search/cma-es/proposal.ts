import { stream } from '../../core/random.js';
import type { Assignment, Space } from '../../space/space.js';
import { entrySlots, isFree } from '../points.js';
import { linearQuadratic } from './bounds.js';
import { drawStep, pointOf, type CmaState } from './state.js';

/** The coordinates of the unit cube that are searched: those of entries with more than one value. */
export function searchedCoordinates(space: Space): number[] {
  return entrySlots(space).flatMap(({ entry, start }) =>
    isFree(entry) ? Array.from({ length: entry.dimensions }, (_, index) => start + index) : [],
  );
}

/** The step y of a trial: the same whenever it is asked for, as long as the state is that of its wave. */
export function stepOfTrial(state: CmaState, seed: string, trial: number): number[] {
  return drawStep(state, stream(seed, 'cma-es', trial));
}

/** What the step mean + σ y stands for, bounds applied. */
export function assignmentOf(
  space: Space,
  coordinates: readonly number[],
  state: CmaState,
  step: readonly number[],
): Assignment {
  const unit = new Array<number>(space.dimensions).fill(0.5);
  pointOf(state, step).forEach((value, index) => {
    unit[coordinates[index]!] = linearQuadratic(value, 0, 1);
  });
  return space.decode(unit);
}
