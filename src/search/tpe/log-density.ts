import { cellOf } from '../model-axes.js';
import type { CellKernels, LineKernels, Mixture } from './mixture.js';
import { choiceProbability } from './parzen.js';
import { logNormalMass } from '../../statistics/normal-distribution.js';

const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Kernels that lie this far, in logarithms, below the prior's are left out: 10⁴ of them change no tenth digit. */
const NEGLIGIBLE = 33;

/** Beyond so many widths a normal distribution has no mass that a double could tell from none. */
const FAR = 8.4;

interface Line {
  readonly centers: Float64Array;
  readonly precisions: Float64Array;
  /** Log of the factor of each kernel that makes its density integrate to 1 over [0, 1]. */
  readonly norms: Float64Array;
}

interface Cells {
  readonly kernels: CellKernels;
  /** By cell: the log probability of it under each distinct kernel. */
  readonly tables: Map<number, Float64Array>;
}

/**
 * The log density of a mixture as a function of a point: its values on the axes of the mixture, NaN where inactive.
 * Masses of cells and choices on discrete axes, densities of the unit coordinate on the others. What depends on the
 * kernels alone is computed once; a point costs a square for each kernel and continuous axis, fewer where a kernel
 * is far, and one exponential for each kernel that is near.
 */
export function logDensity({ weights, axes }: Mixture): (point: Float64Array) => number {
  const logWeights = weights.map(Math.log);
  const lines = axes.map((kernels) => ('kernelOf' in kernels ? undefined : createLine(kernels)));
  const cells = axes.map((kernels): Cells | undefined =>
    'kernelOf' in kernels ? { kernels, tables: new Map() } : undefined,
  );
  const bases = new Map<string, Float64Array>();
  const kernelAt = new Int32Array(weights.length);
  const terms = new Float64Array(weights.length);
  return (point) => {
    const active = [...axes.keys()].filter((index) => !Number.isNaN(point[index]!));
    const activeLines = active.filter((index) => lines[index] !== undefined);
    const key = activeLines.join(' ');
    const base =
      bases.get(key) ??
      sumOf(
        logWeights,
        activeLines.map((index) => lines[index]!.norms),
      );
    bases.set(key, base);
    let start = base;
    for (const index of active) {
      if (cells[index] !== undefined) start = plusCells(start, cells[index], point[index]!);
    }
    let prior = start.at(-1)!;
    for (const index of activeLines)
      prior -= 0.5 * squareAt(lines[index]!, weights.length - 1, point[index]!);
    const floor = prior - NEGLIGIBLE;
    terms.set(start);
    let count = weights.length;
    activeLines.forEach((index, turn) => {
      if (turn === 0) count = firstTerms(lines[index]!, point[index]!, terms, kernelAt, floor);
      else count = nextTerms(lines[index]!, point[index]!, terms, kernelAt, count, floor);
    });
    return logSumExp(terms, count);
  };
}

function createLine({ centers, widths }: LineKernels): Line {
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

function sumOf(first: Float64Array, others: readonly Float64Array[]): Float64Array {
  const sum = first.slice();
  for (const other of others) for (let index = 0; index < sum.length; index++) sum[index]! += other[index]!;
  return sum;
}

function plusCells(terms: Float64Array, { kernels, tables }: Cells, value: number): Float64Array {
  const { axis, kernelOf } = kernels;
  const cell = axis.edges === undefined ? value : cellOf(axis.edges, value);
  const table = tables.get(cell) ?? cellTable(kernels, cell);
  tables.set(cell, table);
  const sum = new Float64Array(terms.length);
  for (let index = 0; index < sum.length; index++) sum[index] = terms[index]! + table[kernelOf[index]!]!;
  return sum;
}

/** Log probability of a cell or choice under each distinct kernel of a discrete axis. */
function cellTable({ axis, centers, widths, observations }: CellKernels, cell: number): Float64Array {
  const { choices, edges } = axis;
  return centers.map((center, id) => {
    if (edges === undefined) {
      return Math.log(choiceProbability(cell, center < 0 ? undefined : center, observations, choices));
    }
    const at = (coordinate: number): number => (coordinate - center) / widths[id]!;
    const whole = at(0) < -FAR && at(1) > FAR ? 0 : logNormalMass(at(0), at(1));
    return logNormalMass(at(edges[cell]!), at(edges[cell + 1]!)) - whole;
  });
}

function squareAt({ centers, precisions }: Line, kernel: number, value: number): number {
  const z = (value - centers[kernel]!) * precisions[kernel]!;
  return z * z;
}

/** Takes half the squared distance on a line from the terms; those above the floor move to the front. */
function firstTerms(
  { centers, precisions }: Line,
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

/** The same for the terms that are left, of the kernels in `kernelAt`. */
function nextTerms(
  { centers, precisions }: Line,
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

/** log Σ exp of the first terms. */
function logSumExp(terms: Float64Array, count: number): number {
  let largest = -Infinity;
  for (let index = 0; index < count; index++) if (terms[index]! > largest) largest = terms[index]!;
  let sum = 0;
  for (let index = 0; index < count; index++) sum += Math.exp(terms[index]! - largest);
  return largest + Math.log(sum);
}
