import { valueIn } from '../space/entry-value.js';
import type { Assignment, EntryValue, Space } from '../space/space.js';
import { assignmentKey, sameValue } from './assignments.js';

/** All distinct assignments of a space on a grid, without listing them. */
export interface Grid {
  /** How many there are; Infinity where the number overflows. */
  readonly size: number;
  /** Assignment `index` in row-major order: the last entry changes fastest. @throws RangeError beyond `size`. */
  at(index: number): Assignment;
}

/**
 * The grid of about `resolution` values per continuous entry, all choices of a categorical one, and all values of
 * an integer that has no more than that. An entry whose condition fails adds nothing, so no assignment occurs twice.
 */
export function createGrid(space: Space, resolution: number): Grid {
  const { entries } = space;
  // A choice is never left out, however many there are.
  const values = entries.map((entry) =>
    distinct(entry.grid(entry.kind === 'categorical' ? Math.max(resolution, entry.cardinality) : resolution)),
  );
  // What is still to come after entry k depends only on the values that later conditions look at.
  const watched = entries.map((_, position) => {
    const names = new Set(
      entries.slice(position).flatMap((later) => later.conditions.map(({ entry }) => entry)),
    );
    return entries.slice(0, position).filter(({ name }) => names.has(name));
  });
  const counts = new Map<string, number>();

  const choicesAt = (position: number, prefix: Assignment): readonly (EntryValue | undefined)[] =>
    space.isActive(entries[position]!, prefix) ? values[position]! : [undefined];

  const extend = (prefix: Assignment, position: number, value: EntryValue | undefined): Assignment =>
    value === undefined ? prefix : { ...prefix, [entries[position]!.name]: value };

  const count = (position: number, prefix: Assignment): number => {
    if (position === entries.length) return 1;
    const seen: Record<string, EntryValue> = {};
    for (const { name } of watched[position]!) {
      const value = valueIn(prefix, name);
      if (value !== undefined) seen[name] = value;
    }
    const key = `${position}:${assignmentKey(seen)}`;
    const known = counts.get(key);
    if (known !== undefined) return known;
    let total = 0;
    for (const value of choicesAt(position, prefix))
      total += count(position + 1, extend(prefix, position, value));
    counts.set(key, total);
    return total;
  };

  const size = count(0, {});
  return {
    size,
    at: (index) => {
      if (!Number.isInteger(index) || index < 0 || index >= size) {
        throw new RangeError(`the grid has ${size} points, so there is no point ${index}`);
      }
      let rest = index;
      let prefix: Assignment = {};
      for (let position = 0; position < entries.length; position++) {
        for (const value of choicesAt(position, prefix)) {
          const next = extend(prefix, position, value);
          const below = count(position + 1, next);
          if (rest < below) {
            prefix = next;
            break;
          }
          rest -= below;
        }
      }
      return prefix;
    },
  };
}

function distinct(values: readonly EntryValue[]): readonly EntryValue[] {
  return values.filter((value, index) => values.findIndex((other) => sameValue(other, value)) === index);
}
