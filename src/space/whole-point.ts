import { nearestValue } from './check-point.js';
import type { Assignment, EntryValue, Space } from './space.js';

/**
 * The values as a point of the space: every active entry has one of its values, and no other has any. Undefined where
 * they are no point of it.
 */
export function wholePoint(space: Space, values: Readonly<Record<string, unknown>>): Assignment | undefined {
  const point: Record<string, EntryValue> = {};
  for (const entry of space.entries) {
    if (!space.isActive(entry, point)) continue;
    const value = Object.hasOwn(values, entry.name) ? nearestValue(entry, values[entry.name]) : undefined;
    if (value === undefined) return undefined;
    point[entry.name] = value;
  }
  return Object.keys(point).length === Object.keys(values).length ? point : undefined;
}
