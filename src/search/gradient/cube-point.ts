import type { Assignment, Entry, Space } from '../../space/space.js';
import { linearQuadratic } from '../normal-search/bounds.js';
import { entrySlots } from '../points.js';

/** Sum of the dimensions of some entries. */
export const dimensionsOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { dimensions }) => sum + dimensions, 0);

/**
 * Any point of the real space over the searched entries, bounds applied, as values; entries with one value have it.
 */
export function assignmentAt(space: Space, entries: readonly Entry[], point: readonly number[]): Assignment {
  const unit = new Array<number>(space.dimensions).fill(0.5);
  let next = 0;
  for (const { entry, start } of entrySlots(space)) {
    if (!entries.includes(entry)) continue;
    for (let index = 0; index < entry.dimensions; index++)
      unit[start + index] = linearQuadratic(point[next++]!, 0, 1);
  }
  return space.decode(unit);
}
