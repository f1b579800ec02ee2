import type { Stream } from '../core/random.js';
import { valueIn } from './entry-value.js';
import type { Assignment, EntryValue, Space } from './space.js';

/**
 * A whole point from values of some entries: the others are drawn from the distributions of the space. Every entry takes
 * its numbers from the stream, given or not, so that what is given shifts no draw.
 */
export function completePoint(space: Space, given: Assignment, random: Stream): Assignment {
  const point: Record<string, EntryValue> = {};
  for (const entry of space.entries) {
    const unit = Array.from({ length: entry.dimensions }, () => random.uniform());
    if (!space.isActive(entry, point)) continue;
    point[entry.name] = valueIn(given, entry.name) ?? entry.decode(unit);
  }
  return point;
}
