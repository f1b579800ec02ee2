import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { spaceFrom } from '../../src/space/create-space.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { createLattice, type LatticePoint } from './lattice.js';

/** A recorded landscape: every cell of a space was trained. */
export interface LandscapeRecord {
  readonly name: string;
  readonly metric: string;
  readonly direction: 'maximize' | 'minimize';
  /** Trainings of each point; curves are their means. */
  readonly seeds: number;
  /** Definition of the space. */
  readonly space: unknown;
  /** Cells of each continuous entry. */
  readonly cells: Readonly<Record<string, number>>;
  /** A curve holds the metric times this, rounded. */
  readonly scale: number;
  /** Curve of each point of the lattice, in its order; null where a training diverged. */
  readonly curves: readonly (readonly number[] | null)[];
}

export interface Landscape {
  readonly name: string;
  readonly metric: string;
  readonly space: Space;
  /** −1 where the metric is to be maximised, else 1. */
  readonly sign: 1 | -1;
  /** Evaluations of a whole training. */
  readonly full: number;
  readonly points: readonly LatticePoint[];
  /** Values after evaluation 1, 2, …, to be minimised; none where the training diverged. */
  curveOf(assignment: Assignment): readonly number[];
}

/** The landscapes that come with the bench, with the cells of their continuous entries and trainings a point. */
export const LANDSCAPES = [
  { name: 'mammography-focal', cells: { gamma: 9, alpha: 9, rate: 10 }, seeds: 2 },
  {
    name: 'mnist-families',
    cells: { gamma: 10, epsilon: 10, q: 10, smoothing: 10, rate: 12 },
    seeds: 1,
  },
] as const;

export const landscapeFolder = fileURLToPath(
  new URL('../../results/reference/samplers/landscapes/', import.meta.url),
);

export function readLandscape(name: string): Landscape {
  return createLandscape(
    JSON.parse(readFileSync(`${landscapeFolder}${name}.json`, 'utf8')) as LandscapeRecord,
  );
}

export function createLandscape(record: LandscapeRecord): Landscape {
  const { name, metric, direction, space: definition, cells, scale, curves } = record;
  const space = spaceFrom(definition);
  const { points, indexOf } = createLattice(space, cells);
  if (points.length !== curves.length) {
    throw new RangeError(`the landscape "${name}" has ${points.length} cells, not ${curves.length}`);
  }
  const sign = direction === 'maximize' ? -1 : 1;
  const values = curves.map((curve) => curve?.map((value) => (sign * value) / scale) ?? []);
  const full = Math.max(...values.map((curve) => curve.length));
  return { name, metric, space, sign, full, points, curveOf: (assignment) => values[indexOf(assignment)]! };
}
