import { logNormalMass } from '../../statistics/normal-distribution.js';
import type { Axis } from '../model-axes.js';
import { FAR, narrowestWidth, parzenWidth, type WidthOptions } from './parzen.js';
import { insertValue, sortedValues } from './sorted-values.js';

const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Kernels of a continuous axis, one for each kernel of the mixture. */
export interface LineKernels {
  readonly axis: Axis;
  readonly centers: Float64Array;
  readonly widths: Float64Array;
  readonly precisions: Float64Array;
  /** Log of the factor of each kernel that makes its density integrate to 1 over [0, 1]. */
  readonly norms: Float64Array;
}

/** Kernels to which more are added. */
export interface Growing<Kernels> {
  /** Those of all observations so far and, last, the prior's. They hold until the next one is added. */
  kernels(): Kernels;
  /** @param value of the next observation; NaN where the axis is inactive in it */
  add(value: number): void;
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

/** The squared distance of a value from one kernel, in widths. */
export function squareAt({ centers, precisions }: LineKernels, kernel: number, value: number): number {
  const z = (value - centers[kernel]!) * precisions[kernel]!;
  return z * z;
}

/** Logarithms of what kernels add to a density. They change in place. */
export interface Terms {
  readonly terms: Float64Array;
  /** Which kernel each one belongs to, where they are no longer one after the other. */
  readonly kernelAt: Int32Array;
}

/**
 * Takes half the squared distance from the terms begin … end − 1; those above the floor move to the front, their
 * kernels with them.
 * @returns how many they are
 */
export function firstTerms(
  { centers, precisions }: LineKernels,
  value: number,
  { terms, kernelAt }: Terms,
  floor: number,
  begin: number,
  end: number,
): number {
  let next = begin;
  for (let kernel = begin; kernel < end; kernel++) {
    const z = (value - centers[kernel]!) * precisions[kernel]!;
    const term = terms[kernel]! - 0.5 * z * z;
    if (term < floor) continue;
    terms[next] = term;
    kernelAt[next] = kernel;
    next++;
  }
  return next - begin;
}

/** The same for the `count` terms from `begin` on, of the kernels in `kernelAt`. */
export function nextTerms(
  { centers, precisions }: LineKernels,
  value: number,
  { terms, kernelAt }: Terms,
  floor: number,
  begin: number,
  count: number,
): number {
  let next = begin;
  for (let place = begin; place < begin + count; place++) {
    const kernel = kernelAt[place]!;
    const z = (value - centers[kernel]!) * precisions[kernel]!;
    const term = terms[place]! - 0.5 * z * z;
    if (term < floor) continue;
    terms[next] = term;
    kernelAt[next] = kernel;
    next++;
  }
  return next - begin;
}
