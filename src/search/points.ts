import type { Stream } from '../core/random.js';
import type { Entry, Space } from '../space/space.js';

/** `dimensions` numbers, uniform in [0, 1). */
export function uniformPoint(dimensions: number, random: Stream): number[] {
  return Array.from({ length: dimensions }, () => random.uniform());
}

/** An entry and the coordinates start … start + entry.dimensions − 1 that belong to it. */
export interface EntrySlot {
  readonly entry: Entry;
  readonly start: number;
}

/** Where each entry of a space lies in the unit cube, in the order of the space. */
export function entrySlots(space: Space): readonly EntrySlot[] {
  let start = 0;
  return space.entries.map((entry) => {
    const slot = { entry, start };
    start += entry.dimensions;
    return slot;
  });
}

/** False for an entry with one value: nothing to search. */
export function isFree(entry: Entry): boolean {
  return entry.cardinality > 1;
}
