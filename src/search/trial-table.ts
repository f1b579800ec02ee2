import type { Assignment, Space } from '../space/space.js';
import { axisValues, modelAxes } from './model-axes.js';
import { createReplayCache } from './replay-cache.js';
import type { Observation } from './sampler.js';

/** Trials as columns of numbers, for models that read all of them at each proposal. Never changed. */
export interface TrialTable {
  readonly rows: number;
  /** One per axis of the space, see `axisValues`. */
  readonly columns: readonly Float64Array[];
  /** For each axis the rows in which it is active, by value, ties by row. */
  readonly orders: readonly Int32Array[];
}

// By points and not by observations: values of earlier trials change under policies that pause them, points do not.
const cache = createReplayCache<TrialTable, Assignment>();

/** The table of a history. What an earlier part of it gave is kept: only new trials are encoded and sorted in. */
export function trialTable(space: Space, history: readonly Observation[]): TrialTable {
  const points = history.map(({ assignment }) => assignment);
  const known = cache.find(space, '', points);
  if (known?.told.length === points.length) return known.state;
  const fresh = points.slice(known?.told.length ?? 0);
  const table = extendTable(space, known?.state ?? emptyTable(space), fresh);
  cache.store(space, '', { told: points, state: table });
  return table;
}

function emptyTable(space: Space): TrialTable {
  const axes = modelAxes(space);
  return { rows: 0, columns: axes.map(() => new Float64Array()), orders: axes.map(() => new Int32Array()) };
}

/** The table with further rows at its end. */
export function extendTable(space: Space, table: TrialTable, assignments: readonly Assignment[]): TrialTable {
  const axes = modelAxes(space);
  const added = assignments.map((assignment) => axisValues(axes, assignment));
  const rows = table.rows + added.length;
  const columns = table.columns.map((column, axis) => {
    const longer = new Float64Array(rows);
    longer.set(column);
    added.forEach((values, index) => {
      longer[table.rows + index] = values[axis]!;
    });
    return longer;
  });
  const orders = table.orders.map((order, axis) => merged(order, columns[axis]!, table.rows));
  return { rows, columns, orders };
}

/** How many times as many rows there are where sorting those that are kept pays. */
const FEW = 50;

/**
 * The table of some of the rows.
 * @param kept ascending
 */
export function tableOfRows({ rows, columns: all, orders }: TrialTable, kept: Int32Array): TrialTable {
  const columns = all.map((column) => {
    const values = new Float64Array(kept.length);
    for (let place = 0; place < kept.length; place++) values[place] = column[kept[place]!]!;
    return values;
  });
  // A few are sorted faster than found among many.
  const none = new Int32Array();
  if (FEW * kept.length < rows) {
    return { rows: kept.length, columns, orders: columns.map((column) => merged(none, column, 0)) };
  }
  const places = new Int32Array(rows).fill(-1);
  kept.forEach((row, place) => {
    places[row] = place;
  });
  return {
    rows: kept.length,
    columns,
    orders: orders.map((order) => {
      const placed = new Int32Array(kept.length);
      let count = 0;
      for (let index = 0; index < order.length; index++) {
        const place = places[order[index]!]!;
        if (place >= 0) placed[count++] = place;
      }
      return placed.subarray(0, count);
    }),
  };
}

/** An order of the rows below `start` with the rows from there on sorted in. */
function merged(order: Int32Array, column: Float64Array, start: number): Int32Array {
  const fresh: number[] = [];
  for (let row = start; row < column.length; row++) if (!Number.isNaN(column[row]!)) fresh.push(row);
  fresh.sort((a, b) => column[a]! - column[b]! || a - b);
  const result = new Int32Array(order.length + fresh.length);
  let old = 0;
  fresh.forEach((row, index) => {
    const next = firstAbove(order, column, column[row]!, old);
    result.set(order.subarray(old, next), old + index);
    result[next + index] = row;
    old = next;
  });
  result.set(order.subarray(old), old + fresh.length);
  return result;
}

/** The first place, from `low` on, of an order whose value is larger than the one given. */
function firstAbove(order: Int32Array, column: Float64Array, value: number, low: number): number {
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[order[middle]!]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
