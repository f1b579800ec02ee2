import { FAR, logNormalMass, LOG_SQRT_TWO_PI } from '../../statistics/normal-distribution.js';
import type { Axis } from '../model-axes.js';
import type { Growing } from './growing.js';
import { narrowestWidth, parzenWidth, type WidthOptions } from './parzen.js';
import { insertValue, sortedValues } from './sorted-values.js';

/** Kernels of a continuous axis, one for each kernel of the mixture. */
export interface LineKernels {
  readonly axis: Axis;
  readonly centers: Float64Array;
  readonly widths: Float64Array;
  readonly precisions: Float64Array;
  /** Log of the factor of each kernel that makes its density integrate to 1 over [0, 1]. */
  readonly norms: Float64Array;
}

/**
 * The kernels of a column. One more changes the widths of its neighbours alone, so that adding it is nearly free.
 * @param order the rows that have a value, by value
 * @param room for so many more
 */
export function growingLine(
  axis: Axis,
  column: Float64Array,
  order: Int32Array,
  options: WidthOptions,
  room: number,
): Growing<LineKernels> {
  const sorted = sortedValues(order, column, room);
  const capacity = column.length + 1 + room;
  const [centers, widths] = [new Float64Array(capacity), new Float64Array(capacity)];
  const [precisions, norms] = [new Float64Array(capacity), new Float64Array(capacity)];
  let size = column.length;
  let lastWidth = 1;
  let logPrecision = 0;
  const set = (kernel: number, center: number, width: number): void => {
    const precision = 1 / width;
    // Most kernels of a long history are as narrow as allowed, and far from the ends.
    if (width !== lastWidth) {
      lastWidth = width;
      logPrecision = Math.log(precision);
    }
    const low = -center * precision;
    const high = (1 - center) * precision;
    const logMass = low < -FAR && high > FAR ? 0 : logNormalMass(low, high);
    centers[kernel] = center;
    widths[kernel] = width;
    precisions[kernel] = precision;
    norms[kernel] = logPrecision - LOG_SQRT_TWO_PI - logMass;
  };
  const setPlaces = (first: number, last: number): void => {
    for (let place = Math.max(0, first); place <= Math.min(sorted.count - 1, last); place++) {
      const width = parzenWidth(sorted.values, sorted.count, place, options);
      set(sorted.kernels[place]!, sorted.values[place]!, width);
    }
  };
  const setPrior = (kernel: number): void => set(kernel, 0.5, 1);
  if (sorted.count < size) for (let kernel = 0; kernel < size; kernel++) setPrior(kernel);
  setPrior(size);
  setPlaces(0, sorted.count - 1);
  return {
    kernels: () => ({
      axis,
      centers: centers.subarray(0, size + 1),
      widths: widths.subarray(0, size + 1),
      precisions: precisions.subarray(0, size + 1),
      norms: norms.subarray(0, size + 1),
    }),
    add: (value) => {
      size++;
      setPrior(size);
      if (Number.isNaN(value)) return;
      const narrowest = narrowestWidth(sorted.count, options);
      const place = insertValue(sorted, value, size - 1);
      if (narrowestWidth(sorted.count, options) === narrowest) setPlaces(place - 1, place + 1);
      else setPlaces(0, sorted.count - 1);
    },
  };
}
