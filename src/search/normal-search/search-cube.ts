import { remembered } from '../../core/remembered.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Space } from '../../space/space.js';
import { entrySlots, isFree } from '../points.js';
import { linearQuadratic, linearQuadraticInverse } from './bounds.js';
import { bordersOf } from './borders.js';
import type { Vector } from './vector.js';

/** The coordinates of a space that are searched, those of entries with more than one value, in R^n. */
export interface SearchCube {
  readonly space: Space;
  /** Place of each searched coordinate in the unit cube of the space. */
  readonly coordinates: readonly number[];
  /** Borders between the bins of a coordinate with few values, ascending; undefined for a continuous one. */
  readonly borders: readonly (readonly number[] | undefined)[];
  /** True for a coordinate whose values have no order. */
  readonly unordered: readonly boolean[];
}

export const searchCube: (space: Space) => SearchCube = remembered((space: Space): SearchCube => {
  const searched = entrySlots(space).flatMap(({ entry, start }) => {
    if (!isFree(entry)) return [];
    const borders = bordersOf(entry);
    const unordered = entry.kind === 'categorical';
    return Array.from({ length: entry.dimensions }, (_, index) => ({
      coordinate: start + index,
      borders,
      unordered,
    }));
  });
  return {
    space,
    coordinates: searched.map(({ coordinate }) => coordinate),
    borders: searched.map(({ borders }) => borders),
    unordered: searched.map(({ unordered }) => unordered),
  };
});

/**
 * What a point of R^n stands for. Continuous coordinates are bounded by {@link linearQuadratic}; the outermost bins of
 * the others reach to infinity. Coordinates that are not searched are ½.
 */
export function assignmentAt(cube: SearchCube, point: Vector): Assignment {
  const unit = new Array<number>(cube.space.dimensions).fill(0.5);
  for (let index = 0; index < point.length; index++) {
    const x = point[index]!;
    unit[cube.coordinates[index]!] =
      cube.borders[index] === undefined ? linearQuadratic(x, 0, 1) : Math.min(1, Math.max(0, x));
  }
  return cube.space.decode(unit);
}

/** A point that stands for the values; undefined for the coordinates of entries that have none. */
export function pointOf(cube: SearchCube, assignment: Assignment): (number | undefined)[] {
  const unit = new Array<number | undefined>(cube.space.dimensions).fill(undefined);
  for (const { entry, start } of entrySlots(cube.space)) {
    const value = valueIn(assignment, entry.name);
    if (value === undefined) continue;
    entry.encode(value).forEach((coordinate, index) => {
      unit[start + index] = coordinate;
    });
  }
  return cube.coordinates.map((coordinate, index) => {
    const u = unit[coordinate];
    return u === undefined || cube.borders[index] !== undefined ? u : linearQuadraticInverse(u, 0, 1);
  });
}
