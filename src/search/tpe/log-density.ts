import { cellOf } from '../model-axes.js';
import type { AxisKernels, Mixture } from './mixture.js';
import { choiceProbability } from './parzen.js';
import { logNormalMass } from './truncated-normal.js';

const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Bound of −log(mass inside the range) of a kernel that is no wider than the range and has its centre in it. */
const MOST_CUT = 1.1;

/** Kernels that lie this far, in logarithms, below the prior's are left out: 10⁴ of them change no digit. */
const NEGLIGIBLE = 46;

/** A continuous axis on which the point has a value. */
interface Line {
  readonly value: number;
  readonly kernels: AxisKernels;
  readonly precisions: Float64Array;
  readonly norms: Float64Array;
}

/**
 * The log density of a mixture as a function of a point: its values on the axes of the mixture, NaN where inactive.
 * Masses of cells and choices on discrete axes, densities of the unit coordinate on the others. One exponential
 * for each kernel that counts; whatever depends on a kernel alone is computed once, when it is first needed.
 */
export function logDensity({ weights, axes }: Mixture): (point: Float64Array) => number {
  const logWeights = weights.map(Math.log);
  const heaviest = logWeights.reduce((a, b) => Math.max(a, b));
  const precisions = axes.map(({ widths }) => widths.map((width) => 1 / width));
  const norms = axes.map(({ widths }) => new Float64Array(widths.length).fill(NaN));
  const tables = axes.map(() => new Map<number, Float64Array>());
  const terms = new Float64Array(weights.length);
  return (point) => {
    const lines: Line[] = [];
    const cells: { readonly table: Float64Array; readonly kernelOf: Int32Array }[] = [];
    axes.forEach((kernels, index) => {
      const value = point[index]!;
      if (Number.isNaN(value)) return;
      const { choices, edges } = kernels.axis;
      if (choices === 0 && edges === undefined) {
        lines.push({ value, kernels, precisions: precisions[index]!, norms: norms[index]! });
        return;
      }
      const cell = edges === undefined ? value : cellOf(edges, value);
      const table = tables[index]!.get(cell) ?? cellTable(kernels, cell);
      tables[index]!.set(cell, table);
      cells.push({ table, kernelOf: kernels.kernelOf });
    });
    const last = weights.length - 1;
    const whole = (kernel: number): number => {
      let sum = logWeights[kernel]!;
      for (const { table, kernelOf } of cells) sum += table[kernelOf[kernel]!]!;
      for (const line of lines) sum += lineTerm(line, line.kernels.kernelOf[kernel]!);
      return sum;
    };
    const prior = whole(last);
    const highest = lines.reduce(
      (sum, { kernels }) => sum - Math.log(kernels.narrowest) - LOG_SQRT_TWO_PI + MOST_CUT,
      heaviest,
    );
    const farthest = 2 * (highest - prior + NEGLIGIBLE);
    let count = 0;
    let largest = prior;
    for (let kernel = 0; kernel < last; kernel++) {
      if (squareDistance(lines, kernel, farthest) > farthest) continue;
      const term = whole(kernel);
      terms[count++] = term;
      if (term > largest) largest = term;
    }
    let sum = Math.exp(prior - largest);
    for (let index = 0; index < count; index++) sum += Math.exp(terms[index]! - largest);
    return largest + Math.log(sum);
  };
}

/** Squared distance in widths, summed over the axes until it exceeds a limit. */
function squareDistance(lines: readonly Line[], kernel: number, limit: number): number {
  let square = 0;
  for (let index = 0; index < lines.length && square <= limit; index++) {
    const { value, kernels, precisions } = lines[index]!;
    const id = kernels.kernelOf[kernel]!;
    const z = (value - kernels.centers[id]!) * precisions[id]!;
    square += z * z;
  }
  return square;
}

/** Log density of a normal kernel truncated to [0, 1]. */
function lineTerm({ value, kernels, precisions, norms }: Line, id: number): number {
  const center = kernels.centers[id]!;
  const precision = precisions[id]!;
  if (Number.isNaN(norms[id]!)) {
    norms[id] =
      Math.log(precision) - LOG_SQRT_TWO_PI - logNormalMass(-center * precision, (1 - center) * precision);
  }
  const z = (value - center) * precision;
  return norms[id]! - 0.5 * z * z;
}

/** Log probability of a cell or choice under each distinct kernel of a discrete axis. */
function cellTable({ axis, centers, widths, observations }: AxisKernels, cell: number): Float64Array {
  const { choices, edges } = axis;
  return centers.map((center, id) => {
    if (edges === undefined) {
      return Math.log(choiceProbability(cell, center < 0 ? undefined : center, observations, choices));
    }
    const at = (coordinate: number): number => (coordinate - center) / widths[id]!;
    return logNormalMass(at(edges[cell]!), at(edges[cell + 1]!)) - logNormalMass(at(0), at(1));
  });
}
