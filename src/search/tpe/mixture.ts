import type { Axis } from '../model-axes.js';
import type { TrialTable } from '../trial-table.js';
import { growingCells, growingChoices, type CellKernels } from './cell-kernels.js';
import type { Growing } from './growing.js';
import { growingLine, type LineKernels } from './line-kernels.js';
import type { WidthOptions } from './parzen.js';
import { recencyWeights } from './split.js';

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

/** A mixture to which observations are added. */
export interface GrowingMixture {
  /** Of all observations so far. It holds until the next one is added. */
  mixture(): Mixture;
  /** @param values of the next observation on the axes, see `axisValues` */
  add(values: Float64Array): void;
}

/**
 * The mixture of the rows of a table, which are in trial order, on some axes.
 * @param axes indices into `all`, which are the axes of the table
 */
export function mixtureOf(
  all: readonly Axis[],
  axes: readonly number[],
  table: TrialTable,
  options: WidthOptions,
): Mixture {
  return growingMixture(all, axes, table, options, 0).mixture();
}

/** @param room for so many more observations; the others as of {@link mixtureOf} */
export function growingMixture(
  all: readonly Axis[],
  axes: readonly number[],
  { rows, columns, orders }: TrialTable,
  options: WidthOptions,
  room: number,
): GrowingMixture {
  const growing = axes.map((index): Growing<AxisKernels> => {
    const axis = all[index]!;
    const [column, order] = [columns[index]!, orders[index]!];
    if (axis.choices > 0) return growingChoices(axis, column, room);
    const numbers = axis.edges === undefined ? growingLine : growingCells;
    return numbers(axis, column, order, options, room);
  });
  let size = rows;
  return {
    mixture: () => ({ weights: kernelWeights(size), axes: growing.map((axis) => axis.kernels()) }),
    add: (values) => {
      growing.forEach((axis, index) => axis.add(values[axes[index]!]!));
      size++;
    },
  };
}

/** Of the kernels of n observations, and 1 for the prior's, normalised. */
function kernelWeights(observations: number): Float64Array {
  const weights = new Float64Array(observations + 1).fill(1);
  weights.set(recencyWeights(observations));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
