import { remembered } from '../core/remembered.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, Entry, Space } from '../space/space.js';
import { entrySlots, isFree } from './points.js';

/** One dimension of a model of the space: a coordinate of the unit cube that is worth modelling. */
export interface Axis {
  readonly entry: Entry;
  /** Its place in the unit cube. */
  readonly coordinate: number;
  /** Choices of a categorical entry; 0 for a number, whose values are unit coordinates. */
  readonly choices: number;
  /**
   * Edges of the cells of [0, 1] that decode to one value each, for a number that has few; in such an axis a value
   * is the middle of its cell.
   */
  readonly edges?: Float64Array;
}

/** A number with more values is modelled as continuous: its cells are narrower than every kernel. */
const MOST_CELLS = 256;

/** The axes of the entries with more than one value, in the order of the unit cube; a simplex has several. */
export const modelAxes = remembered((space: Space): readonly Axis[] =>
  entrySlots(space)
    .filter(({ entry }) => isFree(entry))
    .flatMap(({ entry, start }) =>
      Array.from({ length: entry.dimensions }, (_, index): Axis => {
        const axis = { entry, coordinate: start + index };
        if (entry.choices !== undefined) return { ...axis, choices: entry.choices.length };
        const discrete = entry.dimensions === 1 && entry.cardinality <= MOST_CELLS;
        return { ...axis, choices: 0, ...(discrete ? { edges: cellEdges(entry) } : {}) };
      }),
    ),
);

/** From the middles of the cells, which the entry tells: each edge mirrors the one before at the middle between. */
function cellEdges(entry: Entry): Float64Array {
  const middles = entry.grid(entry.cardinality).map((value) => entry.encode(value)[0]!);
  const edges = new Float64Array(middles.length + 1);
  middles.forEach((middle, index) => {
    edges[index + 1] = 2 * middle - edges[index]!;
  });
  edges[middles.length] = 1;
  return edges;
}

/** The cell that a unit coordinate lies in. */
export function cellOf(edges: Float64Array, coordinate: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= coordinate) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What a unit coordinate counts as on an axis: the index of a choice, the middle of its cell, or itself. */
export function axisValue({ choices, edges }: Axis, coordinate: number): number {
  if (choices > 0) return Math.min(choices - 1, Math.floor(coordinate * choices));
  if (edges === undefined) return coordinate;
  const cell = cellOf(edges, coordinate);
  return (edges[cell]! + edges[cell + 1]!) / 2;
}

/** What an assignment says on each axis: a unit coordinate, the index of a choice, or NaN where it is inactive. */
export function axisValues(axes: readonly Axis[], assignment: Assignment): Float64Array {
  const values = new Float64Array(axes.length);
  let encoded: readonly number[] = [];
  axes.forEach(({ entry, choices }, index) => {
    const value = valueIn(assignment, entry.name);
    if (value === undefined) {
      values[index] = NaN;
      return;
    }
    const first = index === 0 || axes[index - 1]!.entry !== entry;
    if (first) encoded = entry.encode(value);
    const part = first ? 0 : index - axes.findIndex((axis) => axis.entry === entry);
    const coordinate = encoded[part]!;
    values[index] = choices === 0 ? coordinate : Math.min(choices - 1, Math.floor(coordinate * choices));
  });
  return values;
}
