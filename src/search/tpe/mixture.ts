import type { Axis } from '../model-axes.js';
import type { TrialTable } from '../trial-table.js';
import { parzenWidths, type WidthOptions } from './parzen.js';
import { recencyWeights } from './split.js';

/** Kernels of a continuous axis, one for each kernel of the mixture. */
export interface LineKernels {
  readonly axis: Axis;
  readonly centers: Float64Array;
  readonly widths: Float64Array;
}

/** Kernels of an axis of cells or choices: there are few distinct ones, whose probabilities are computed once. */
export interface CellKernels {
  readonly axis: Axis;
  /** Observations that have a value here. */
  readonly observations: number;
  /** Of the distinct kernels: the middle of the cell, or the index of the choice, −1 for the prior. */
  readonly centers: Float64Array;
  /** Of the distinct kernels; 0 for choices. */
  readonly widths: Float64Array;
  /** Which of them each kernel of the mixture uses. */
  readonly kernelOf: Int32Array;
}

export type AxisKernels = LineKernels | CellKernels;

/**
 * A mixture of product kernels, one for each observation and, last, the prior: a wide kernel in the middle of the
 * range, or all choices alike. On an axis that is inactive in an observation its kernel is the prior's. A draw
 * takes one kernel and from it the entries in the order of the space, those alone whose conditions hold; so the
 * product over the active axes is the density of a proper distribution over points of any activity, and points of
 * different branches compare.
 */
export interface Mixture {
  /** Of the kernels, normalised. */
  readonly weights: Float64Array;
  readonly axes: readonly AxisKernels[];
}

/**
 * The mixture of some rows of a table on some axes.
 * @param axes indices into `all`.
 * @param rows ascending, that is in trial order.
 */
export function mixtureOf(
  all: readonly Axis[],
  axes: readonly number[],
  table: TrialTable,
  rows: Int32Array,
  options: WidthOptions,
): Mixture {
  const weights = new Float64Array(rows.length + 1).fill(1);
  weights.set(recencyWeights(rows.length));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernelOfRow = new Int32Array(table.rows).fill(-1);
  rows.forEach((row, kernel) => {
    kernelOfRow[row] = kernel;
  });
  return {
    weights: weights.map((weight) => weight / total),
    axes: axes.map((index): AxisKernels => {
      const axis = all[index]!;
      const column = table.columns[index]!;
      if (axis.choices > 0) return choiceKernels(axis, column, rows);
      const members = membersOf(table.orders[index]!, kernelOfRow, column);
      const widths = parzenWidths(members.values, options);
      return axis.edges === undefined
        ? lineKernels(axis, members, widths, rows.length)
        : cellKernels(axis, members, widths, rows.length);
    }),
  };
}

/** The kernels that have a value on an axis, by value. */
interface Members {
  readonly values: Float64Array;
  readonly kernels: Int32Array;
}

function membersOf(order: Int32Array, kernelOfRow: Int32Array, column: Float64Array): Members {
  const values = new Float64Array(order.length);
  const kernels = new Int32Array(order.length);
  let count = 0;
  for (let place = 0; place < order.length; place++) {
    const row = order[place]!;
    const kernel = kernelOfRow[row]!;
    if (kernel < 0) continue;
    values[count] = column[row]!;
    kernels[count] = kernel;
    count++;
  }
  return { values: values.subarray(0, count), kernels: kernels.subarray(0, count) };
}

function lineKernels(
  axis: Axis,
  { values, kernels }: Members,
  widths: Float64Array,
  size: number,
): LineKernels {
  const centers = new Float64Array(size + 1).fill(0.5);
  const all = new Float64Array(size + 1).fill(1);
  for (let place = 0; place < kernels.length; place++) {
    const kernel = kernels[place]!;
    centers[kernel] = values[place]!;
    all[kernel] = widths[place]!;
  }
  return { axis, centers, widths: all };
}

function cellKernels(
  axis: Axis,
  { values, kernels }: Members,
  widths: Float64Array,
  size: number,
): CellKernels {
  // Kernel 0 is the prior, so that those without a value have it.
  const distinct: [center: number, width: number][] = [[0.5, 1]];
  const kernelOf = new Int32Array(size + 1);
  for (let place = 0; place < kernels.length; place++) {
    const [center, width] = [values[place]!, widths[place]!];
    // Equal kernels are neighbours here: among equal values at most three widths occur.
    let same = distinct.length - 1;
    while (same > 0 && distinct[same]![0] === center && distinct[same]![1] !== width) same--;
    if (same === 0 || distinct[same]![0] !== center) same = distinct.push([center, width]) - 1;
    kernelOf[kernels[place]!] = same;
  }
  return {
    axis,
    observations: values.length,
    centers: Float64Array.from(distinct, ([center]) => center),
    widths: Float64Array.from(distinct, ([, width]) => width),
    kernelOf,
  };
}

function choiceKernels(axis: Axis, column: Float64Array, rows: Int32Array): CellKernels {
  const kernelOf = new Int32Array(rows.length + 1).fill(axis.choices);
  let observations = 0;
  rows.forEach((row, kernel) => {
    const choice = column[row]!;
    if (Number.isNaN(choice)) return;
    kernelOf[kernel] = choice;
    observations++;
  });
  const centers = new Float64Array(axis.choices + 1).fill(-1);
  for (let choice = 0; choice < axis.choices; choice++) centers[choice] = choice;
  return { axis, observations, centers, widths: new Float64Array(axis.choices + 1), kernelOf };
}
