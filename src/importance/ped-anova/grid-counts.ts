import { numberOf } from '../../space/entry-value.js';
import type { Entry, EntryValue } from '../../space/space.js';

/** A range of numbers that is cut into cells. */
export interface GridRange {
  readonly low: number;
  /** > low. */
  readonly high: number;
  /** Cells are even in the logarithm. */
  readonly log?: boolean;
  readonly integer?: boolean;
  /** Distance of the values that occur, where only some do. */
  readonly step?: number;
}

/**
 * How many values fall into each cell of a grid over a range, both ends of which are cell centres. A value halfway
 * between two centres belongs to the lower one. Integers have no more cells than values, and in the logarithm
 * ⌈log2(high − low + 1)⌉ + 1.
 * @param values inside the range
 * @param steps most cells, ≥ 2
 */
export function gridCounts(values: readonly number[], range: GridRange, steps: number): number[] {
  const { low, high, log, integer, step } = range;
  const lattice = step ?? (integer === true ? 1 : undefined);
  const most =
    log === true
      ? integer === true
        ? Math.ceil(Math.log2(high - low + 1)) + 1
        : steps
      : lattice === undefined
        ? steps
        : Math.round((high - low) / lattice) + 1;
  const cells = Math.min(most, steps);
  const warp = log === true ? Math.log : (value: number): number => value;
  const start = warp(low);
  const width = (warp(high) - start) / (cells - 1);
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) {
    const index = Math.ceil((warp(value) - start) / width - 0.5);
    counts[Math.min(cells - 1, Math.max(0, index))]! += 1;
  }
  return counts;
}

/**
 * The values of an entry as counts of cells, one list for each of its coordinates. A simplex is counted by its
 * coordinates in the unit cube, which are independent in its own distribution.
 */
export function entryCounts(entry: Entry, values: readonly EntryValue[], steps: number): number[][] {
  if (entry.choices !== undefined) {
    const { choices } = entry;
    const counts = new Array<number>(choices.length).fill(0);
    for (const value of values) counts[choices.findIndex((choice) => choice === value)]! += 1;
    return [counts];
  }
  if (entry.kind === 'simplex') {
    const points = values.map((value) => entry.encode(value));
    return Array.from({ length: entry.dimensions }, (_, coordinate) =>
      gridCounts(
        points.map((point) => point[coordinate]!),
        { low: 0, high: 1 },
        steps,
      ),
    );
  }
  const numbers = values.map((value) => numberOf(entry.name, value));
  return [gridCounts(numbers, rangeOf(entry), steps)];
}

function rangeOf(entry: Entry): GridRange {
  const low = numberOf(entry.name, entry.decode([0]));
  const high = numberOf(entry.name, entry.decode([1]));
  return {
    ...{ low, high, log: entry.log === true, integer: entry.kind === 'int' },
    ...(Number.isFinite(entry.cardinality) && entry.log !== true
      ? { step: (high - low) / (entry.cardinality - 1) }
      : {}),
  };
}
