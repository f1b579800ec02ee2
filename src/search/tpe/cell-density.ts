import { FAR, logNormalMass } from '../../statistics/normal-distribution.js';
import { cellOf } from '../model-axes.js';
import type { CellKernels } from './cell-kernels.js';
import { choiceProbability } from './parzen.js';

/** Adds, in place, to the terms of the kernels begin … end − 1 the log probability of a value's cell or choice. */
export type CellDensity = (terms: Float64Array, value: number, begin: number, end: number) => void;

/**
 * The density of a mixture on a discrete axis. What a cell takes is computed when it first comes up.
 * @param reach widths beyond which a kernel has no part of a cell that counts, see `reachOf`
 */
export function cellDensity(kernels: CellKernels, reach: number): CellDensity {
  const { axis, kernelOf } = kernels;
  const { edges } = axis;
  const logProbabilities = edges === undefined ? ofChoices(kernels) : ofCells(kernels, edges, reach);
  const tables = new Map<number, Float64Array>();
  return (terms, value, begin, end) => {
    const cell = edges === undefined ? value : cellOf(edges, value);
    const table = tables.get(cell) ?? logProbabilities(cell);
    tables.set(cell, table);
    for (let kernel = begin; kernel < end; kernel++) terms[kernel]! += table[kernelOf[kernel]!]!;
  };
}

/** Log probability of a choice under each distinct kernel. */
function ofChoices({ axis, centers, observations }: CellKernels): (choice: number) => Float64Array {
  return (choice) =>
    centers.map((center) =>
      Math.log(choiceProbability(choice, center < 0 ? undefined : center, observations, axis.choices)),
    );
}

/** Log probability of a cell under each distinct kernel: its mass, as part of that inside the range. */
function ofCells(
  { centers, widths }: CellKernels,
  edges: Float64Array,
  reach: number,
): (cell: number) => Float64Array {
  const wholes = centers.map((center, id) => {
    const [low, high] = [-center / widths[id]!, (1 - center) / widths[id]!];
    return low < -FAR && high > FAR ? 0 : logNormalMass(low, high);
  });
  return (cell) => {
    const masses = new Float64Array(centers.length);
    const [low, high] = [edges[cell]!, edges[cell + 1]!];
    for (let id = 0; id < masses.length; id++) {
      const [center, width] = [centers[id]!, widths[id]!];
      const [from, to] = [(low - center) / width, (high - center) / width];
      masses[id] = from > reach || to < -reach ? -Infinity : logNormalMass(from, to) - wholes[id]!;
    }
    return masses;
  };
}
