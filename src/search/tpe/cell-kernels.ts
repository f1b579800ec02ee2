import type { Axis } from '../model-axes.js';
import type { Growing } from './growing.js';
import { parzenWidths, type WidthOptions } from './parzen.js';
import { insertValue, sortedValues } from './sorted-values.js';

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

/** The kernels of a column on an axis of cells; parameters as of `growingLine`. */
export function growingCells(
  axis: Axis,
  column: Float64Array,
  order: Int32Array,
  options: WidthOptions,
  room: number,
): Growing<CellKernels> {
  const sorted = sortedValues(order, column, room);
  let size = column.length;
  return {
    kernels: () => {
      const values = sorted.values.subarray(0, sorted.count);
      return cellKernels(axis, values, sorted.kernels, parzenWidths(values, options), size);
    },
    add: (value) => {
      if (!Number.isNaN(value)) insertValue(sorted, value, size);
      size++;
    },
  };
}

function cellKernels(
  axis: Axis,
  values: Float64Array,
  kernels: Int32Array,
  widths: Float64Array,
  size: number,
): CellKernels {
  // Kernel 0 is the prior, so that those without a value have it.
  const distinct: [center: number, width: number][] = [[0.5, 1]];
  const kernelOf = new Int32Array(size + 1);
  for (let place = 0; place < values.length; place++) {
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

/**
 * The kernels of a column of choices.
 * @param room for so many more
 */
export function growingChoices(axis: Axis, column: Float64Array, room: number): Growing<CellKernels> {
  // One for each choice, and the prior's.
  const centers = Float64Array.from({ length: axis.choices + 1 }, (_, id) => (id < axis.choices ? id : -1));
  const kernelOf = new Int32Array(column.length + 1 + room).fill(axis.choices);
  let size = 0;
  let observations = 0;
  const add = (choice: number): void => {
    if (!Number.isNaN(choice)) {
      kernelOf[size] = choice;
      observations++;
    }
    size++;
  };
  column.forEach(add);
  return {
    kernels: () => ({
      ...{ axis, observations, centers },
      widths: new Float64Array(centers.length),
      kernelOf: kernelOf.subarray(0, size + 1),
    }),
    add,
  };
}
