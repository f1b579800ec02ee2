import type { Axis } from '../model-axes.js';
import type { TrialTable } from '../trial-table.js';
import { parzenWidths, type WidthOptions } from './parzen.js';
import { recencyWeights } from './split.js';

/** The kernels of one axis. */
export interface AxisKernels {
  readonly axis: Axis;
  /** Observations that have a value here. */
  readonly observations: number;
  /**
   * The distinct kernels: centre (a unit coordinate, or the index of a choice, −1 for the prior) and width (0 on an
   * axis of choices).
   */
  readonly centers: Float64Array;
  readonly widths: Float64Array;
  /** Which of them each kernel of the mixture uses; the last one is the prior. */
  readonly kernelOf: Int32Array;
  /** The smallest width; 0 on an axis of choices. */
  readonly narrowest: number;
}

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
 * @param rows ascending, that is in trial order.
 * @param axes indices into `all`.
 */
export function mixtureOf(
  all: readonly Axis[],
  axes: readonly number[],
  table: TrialTable,
  rows: Int32Array,
  options: WidthOptions,
): Mixture {
  const raw = recencyWeights(rows.length);
  const total = raw.reduce((sum, weight) => sum + weight, 1);
  const weights = new Float64Array(rows.length + 1).fill(1 / total);
  raw.forEach((weight, index) => {
    weights[index] = weight / total;
  });
  const kernelOfRow = new Int32Array(table.rows).fill(-1);
  rows.forEach((row, kernel) => {
    kernelOfRow[row] = kernel;
  });
  return {
    weights,
    axes: axes.map((index) =>
      all[index]!.choices > 0
        ? choiceKernels(all[index]!, table.columns[index]!, rows)
        : numberKernels(
            all[index]!,
            table.columns[index]!,
            table.orders[index]!,
            kernelOfRow,
            rows.length,
            options,
          ),
    ),
  };
}

function choiceKernels(axis: Axis, column: Float64Array, rows: Int32Array): AxisKernels {
  const kernelOf = new Int32Array(rows.length + 1).fill(axis.choices);
  let observations = 0;
  rows.forEach((row, kernel) => {
    const choice = column[row]!;
    if (Number.isNaN(choice)) return;
    kernelOf[kernel] = choice;
    observations++;
  });
  const centers = Float64Array.from({ length: axis.choices + 1 }, (_, index) =>
    index < axis.choices ? index : -1,
  );
  return { axis, observations, centers, widths: new Float64Array(axis.choices + 1), kernelOf, narrowest: 0 };
}

function numberKernels(
  axis: Axis,
  column: Float64Array,
  order: Int32Array,
  kernelOfRow: Int32Array,
  kernels: number,
  options: WidthOptions,
): AxisKernels {
  const members = order.filter((row) => kernelOfRow[row]! >= 0);
  const values = Float64Array.from(members, (row) => column[row]!);
  const widths = parzenWidths(values, options);
  const n = members.length;
  const kernelOf = new Int32Array(kernels + 1);
  const centers = new Float64Array(n + 1);
  const distinct = new Float64Array(n + 1);
  let count = 0;
  for (let index = 0; index < n; index++) {
    const center = values[index]!;
    const width = widths[index]!;
    // Equal kernels have neighbouring places; of equal values there are at most three kinds.
    let same = count - 1;
    while (same >= 0 && centers[same] === center && distinct[same] !== width) same--;
    if (same < 0 || centers[same] !== center) {
      same = count++;
      centers[same] = center;
      distinct[same] = width;
    }
    kernelOf[kernelOfRow[members[index]!]!] = same + 1;
  }
  // Kernel 0 is the prior, so that rows without a value, untouched above, have it.
  centers.copyWithin(1, 0, count);
  distinct.copyWithin(1, 0, count);
  centers[0] = 0.5;
  distinct[0] = 1;
  return {
    axis,
    observations: n,
    centers: centers.subarray(0, count + 1),
    widths: distinct.subarray(0, count + 1),
    kernelOf,
    narrowest: distinct.subarray(0, count + 1).reduce((a, b) => Math.min(a, b), 1),
  };
}
