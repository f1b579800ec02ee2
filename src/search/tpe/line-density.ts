import { logNormalMass } from '../../statistics/normal-distribution.js';
import type { LineKernels } from './mixture.js';
import { FAR } from './parzen.js';

const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Kernels of a mixture on a continuous axis. */
export interface LineDensity {
  readonly centers: Float64Array;
  readonly precisions: Float64Array;
  /** Log of the factor of each kernel that makes its density integrate to 1 over [0, 1]. */
  readonly norms: Float64Array;
}

export function lineDensity({ centers, widths }: LineKernels): LineDensity {
  const precisions = new Float64Array(widths.length);
  const norms = new Float64Array(widths.length);
  let lastWidth = 1;
  let logPrecision = 0;
  for (let kernel = 0; kernel < widths.length; kernel++) {
    const width = widths[kernel]!;
    const precision = 1 / width;
    // Most kernels of a long history are as narrow as allowed, and far from the ends.
    if (width !== lastWidth) {
      lastWidth = width;
      logPrecision = Math.log(precision);
    }
    const low = -centers[kernel]! * precision;
    const high = (1 - centers[kernel]!) * precision;
    precisions[kernel] = precision;
    norms[kernel] =
      logPrecision - LOG_SQRT_TWO_PI - (low < -FAR && high > FAR ? 0 : logNormalMass(low, high));
  }
  return { centers, precisions, norms };
}

/** The squared distance of a value from one kernel, in widths. */
export function squareAt({ centers, precisions }: LineDensity, kernel: number, value: number): number {
  const z = (value - centers[kernel]!) * precisions[kernel]!;
  return z * z;
}

/** Takes half the squared distance from the terms; those above the floor move to the front, their kernels with them. */
export function firstTerms(
  { centers, precisions }: LineDensity,
  value: number,
  terms: Float64Array,
  kernelAt: Int32Array,
  floor: number,
): number {
  let kept = 0;
  for (let kernel = 0; kernel < terms.length; kernel++) {
    const z = (value - centers[kernel]!) * precisions[kernel]!;
    const term = terms[kernel]! - 0.5 * z * z;
    if (term < floor) continue;
    terms[kept] = term;
    kernelAt[kept] = kernel;
    kept++;
  }
  return kept;
}

/** The same for the first `count` terms, of the kernels in `kernelAt`. */
export function nextTerms(
  { centers, precisions }: LineDensity,
  value: number,
  terms: Float64Array,
  kernelAt: Int32Array,
  count: number,
  floor: number,
): number {
  let kept = 0;
  for (let place = 0; place < count; place++) {
    const kernel = kernelAt[place]!;
    const z = (value - centers[kernel]!) * precisions[kernel]!;
    const term = terms[place]! - 0.5 * z * z;
    if (term < floor) continue;
    terms[kept] = term;
    kernelAt[kept] = kernel;
    kept++;
  }
  return kept;
}
