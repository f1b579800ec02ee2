import { canonicalJson } from '../../src/core/json.js';
import { valueIn } from '../../src/space/entry-value.js';
import type { Assignment, Entry, EntryValue, Space } from '../../src/space/space.js';

/** A point in the middle of a cell of a space. */
export interface LatticePoint {
  readonly assignment: Assignment;
  /** Chance that a random draw of the space falls into its cell. */
  readonly weight: number;
}

/** A space cut into cells, equally wide in each coordinate. */
export interface Lattice {
  /** In row-major order: the last entry changes fastest. Entries whose condition fails add nothing. */
  readonly points: readonly LatticePoint[];
  /** Index of the point whose cell holds an assignment. */
  indexOf(assignment: Assignment): number;
}

/**
 * Cuts a space whose entries have one coordinate each.
 * @param cells of each entry that is continuous; one that is not has a cell for each of its values
 */
export function createLattice(space: Space, cells: Readonly<Record<string, number>>): Lattice {
  const sizeOf = (entry: Entry): number =>
    Number.isFinite(entry.cardinality) ? entry.cardinality : cells[entry.name]!;
  const points: LatticePoint[] = [];
  const extend = (position: number, prefix: Readonly<Record<string, EntryValue>>, weight: number): void => {
    const entry = space.entries[position];
    if (entry === undefined) {
      points.push({ assignment: prefix, weight });
      return;
    }
    if (!space.isActive(entry, prefix)) {
      extend(position + 1, prefix, weight);
      return;
    }
    const size = sizeOf(entry);
    for (let cell = 0; cell < size; cell++) {
      const value = entry.decode([(cell + 0.5) / size]);
      extend(position + 1, { ...prefix, [entry.name]: value }, weight / size);
    }
  };
  extend(0, {}, 1);

  const keyOf = (assignment: Assignment): string =>
    canonicalJson(
      space.entries.map((entry) => {
        const value = valueIn(assignment, entry.name);
        if (value === undefined) return null;
        const size = sizeOf(entry);
        return Math.min(size - 1, Math.floor(entry.encode(value)[0]! * size));
      }),
    );
  const index = new Map(points.map(({ assignment }, place) => [keyOf(assignment), place]));
  return { points, indexOf: (assignment) => index.get(keyOf(assignment))! };
}
