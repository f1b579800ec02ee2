import { cellDensity } from './cell-density.js';
import { firstTerms, lineDensity, nextTerms, squareAt } from './line-density.js';
import type { Mixture } from './mixture.js';
import { reachOf } from './reach.js';

/** Kernels that lie this far, in logarithms, below the prior's are left out: 10⁴ of them change no tenth digit. */
const NEGLIGIBLE = 33;

/**
 * The log density of a mixture as a function of a point: its values on the axes of the mixture, NaN where inactive.
 * Masses of cells and choices on discrete axes, densities of the unit coordinate on the others. What depends on the
 * kernels alone is computed once; a point costs a square for each kernel and continuous axis, fewer where a kernel
 * is far, and one exponential for each kernel that is near.
 */
export function logDensity(mixture: Mixture): (point: Float64Array) => number {
  const { weights, axes } = mixture;
  const reach = reachOf(mixture);
  const logWeights = weights.map(Math.log);
  const lines = axes.map((kernels) => ('kernelOf' in kernels ? undefined : lineDensity(kernels)));
  const cells = axes.map((kernels) => ('kernelOf' in kernels ? cellDensity(kernels, reach) : undefined));
  const bases = new Map<string, Float64Array>();
  const kernelAt = new Int32Array(weights.length);
  const terms = new Float64Array(weights.length);
  return (point) => {
    const active = [...axes.keys()].filter((index) => !Number.isNaN(point[index]!));
    const activeLines = active.filter((index) => lines[index] !== undefined);
    const key = activeLines.join(' ');
    const base = bases.get(key) ?? sumOf([logWeights, ...activeLines.map((index) => lines[index]!.norms)]);
    bases.set(key, base);
    terms.set(base);
    for (const index of active) cells[index]?.(terms, point[index]!);
    let prior = terms.at(-1)!;
    for (const index of activeLines)
      prior -= 0.5 * squareAt(lines[index]!, weights.length - 1, point[index]!);
    const floor = prior - NEGLIGIBLE;
    let count = weights.length;
    activeLines.forEach((index, turn) => {
      if (turn === 0) count = firstTerms(lines[index]!, point[index]!, terms, kernelAt, floor);
      else count = nextTerms(lines[index]!, point[index]!, terms, kernelAt, count, floor);
    });
    return logSumExp(terms, count);
  };
}

function sumOf(arrays: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(arrays[0]!.length);
  for (const array of arrays) for (let index = 0; index < sum.length; index++) sum[index]! += array[index]!;
  return sum;
}

/** log Σ exp of the first terms. */
function logSumExp(terms: Float64Array, count: number): number {
  let largest = -Infinity;
  for (let index = 0; index < count; index++) if (terms[index]! > largest) largest = terms[index]!;
  let sum = 0;
  for (let index = 0; index < count; index++) sum += Math.exp(terms[index]! - largest);
  return largest + Math.log(sum);
}
