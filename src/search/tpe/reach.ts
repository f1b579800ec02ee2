import type { AxisKernels, Mixture } from './mixture.js';

/** A thousand kernels that lie this far, in logarithms, below the prior's add nothing that a double could hold. */
const NOTHING = 55;

/**
 * So many widths from a kernel its part of a cell adds nothing to the mixture, whatever the point is on the other axes:
 * on each of them the kernel may be many times as dense as the prior.
 */
export function reachOf({ axes }: Mixture): number {
  const advantage = axes.reduce((sum, kernels) => sum + advantageOf(kernels), 0);
  return Math.sqrt(2 * (NOTHING + advantage));
}

/** What the prior lacks at the ends of the range, and what a kernel gains by being cut off there: at most 1.3 together. */
const ENDS = 1.3;

/** Log of how many times as dense as the prior a kernel may be on one axis. */
function advantageOf({ axis, widths }: AxisKernels): number {
  if (axis.choices > 0) return Math.log(axis.choices);
  const parts = axis.edges?.subarray(1).map((edge, cell) => edge - axis.edges![cell]!) ?? widths;
  return Math.log(ENDS / parts.reduce((least, part) => Math.min(least, part), 1));
}
