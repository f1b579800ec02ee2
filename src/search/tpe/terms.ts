import type { LineKernels } from './line-kernels.js';

/** Logarithms of what kernels add to a density, from `begin` on: those that count, moved together. They change in place. */
export interface Terms {
  readonly terms: Float64Array;
  /** Which kernel each of them belongs to. */
  readonly kernelAt: Int32Array;
}

/** The terms of the kernels begin … end − 1, as they are in `base`. */
export function startTerms({ terms, kernelAt }: Terms, base: Float64Array, begin: number, end: number): void {
  for (let kernel = begin; kernel < end; kernel++) {
    terms[kernel] = base[kernel]!;
    kernelAt[kernel] = kernel;
  }
}

/**
 * Takes half the squared distance to a value from `count` terms from `begin` on, and keeps those above the floor.
 * @returns how many they are
 */
export function takeDistances(
  { terms, kernelAt }: Terms,
  { centers, precisions }: LineKernels,
  value: number,
  floor: number,
  begin: number,
  count: number,
): number {
  const end = begin + count;
  let next = begin;
  for (let place = begin; place < end; place++) {
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

/** The squared distance of a value from one kernel, in widths. */
export function squareAt({ centers, precisions }: LineKernels, kernel: number, value: number): number {
  const z = (value - centers[kernel]!) * precisions[kernel]!;
  return z * z;
}
