import { remembered } from '../../core/remembered.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Entry, Space } from '../../space/space.js';
import { entrySlots, isFree } from '../points.js';
import { linearQuadratic, linearQuadraticInverse } from './bounds.js';
import { bordersOf } from './borders.js';
import type { Bounds } from './search-options.js';
import type { Vector } from './vector.js';

/** A searched entry whose choices have no order. */
export interface Category {
  readonly entry: Entry;
  /** Its place in the unit cube of the space. */
  readonly coordinate: number;
  readonly count: number;
}

/** What of a space is searched, the entries with more than one value: numbers in R^n, and choices beside them. */
export interface SearchCube {
  readonly space: Space;
  /** Place of each searched coordinate of a number in the unit cube of the space. */
  readonly coordinates: readonly number[];
  /** The entry that each of them belongs to. */
  readonly owners: readonly Entry[];
  /** Borders between the bins of a coordinate with few values, ascending; undefined for a continuous one. */
  readonly borders: readonly (readonly number[] | undefined)[];
  /** True for a coordinate whose bins are the choices of an entry, in their order. */
  readonly listed: readonly boolean[];
  /** The entries whose choices have no order. */
  readonly categories: readonly Category[];
  /** Coordinates and categories together: n of the formulas that say how long a search takes. */
  readonly size: number;
}

export const searchCube: (space: Space) => SearchCube = remembered((space: Space): SearchCube => {
  const slots = entrySlots(space).filter(({ entry }) => isFree(entry));
  const numbers = slots
    .filter(({ entry }) => !isUnordered(entry))
    .flatMap(({ entry, start }) => {
      const borders = bordersOf(entry);
      const listed = entry.kind === 'categorical';
      return Array.from({ length: entry.dimensions }, (_, index) => ({
        coordinate: start + index,
        owner: entry,
        borders,
        listed,
      }));
    });
  const categories = slots
    .filter(({ entry }) => isUnordered(entry))
    .map(({ entry, start }) => ({ entry, coordinate: start, count: entry.cardinality }));
  return {
    space,
    coordinates: numbers.map(({ coordinate }) => coordinate),
    owners: numbers.map(({ owner }) => owner),
    borders: numbers.map(({ borders }) => borders),
    listed: numbers.map(({ listed }) => listed),
    categories,
    size: numbers.length + categories.length,
  };
});

/**
 * True for a categorical entry, but where its choices are three numbers or more that only rise or only fall: those have
 * an order, and are bins of a coordinate as integers are.
 */
function isUnordered({ kind, choices }: Entry): boolean {
  if (kind !== 'categorical' || choices === undefined) return false;
  const steps = choices.slice(1).map((choice, index) => Number(choice) - Number(choices[index]));
  const numbers = choices.length > 2 && choices.every((choice) => typeof choice === 'number');
  return !(numbers && (steps.every((step) => step > 0) || steps.every((step) => step < 0)));
}

/**
 * What a point of R^n and a choice of each category stand for. A continuous coordinate outside of [0, 1] is cut, or
 * mapped by {@link linearQuadratic}; the outermost bins of the others reach to infinity. Coordinates that are not searched
 * are ½.
 */
export function assignmentAt(
  cube: SearchCube,
  bounds: Bounds,
  point: Vector,
  choices: readonly number[],
): Assignment {
  const unit = new Array<number>(cube.space.dimensions).fill(0.5);
  for (let index = 0; index < point.length; index++) {
    const x = point[index]!;
    const isMirrored = bounds === 'transform' && cube.borders[index] === undefined;
    unit[cube.coordinates[index]!] = isMirrored ? linearQuadratic(x, 0, 1) : Math.min(1, Math.max(0, x));
  }
  cube.categories.forEach(({ coordinate, count }, index) => {
    unit[coordinate] = (choices[index]! + 0.5) / count;
  });
  return cube.space.decode(unit);
}

/** True for a point of R^n whose continuous coordinates of entries that the assignment has are in the cube. */
export function isInside({ owners, borders }: SearchCube, point: Vector, assignment: Assignment): boolean {
  return owners.every(
    (owner, index) =>
      borders[index] !== undefined ||
      (point[index]! >= 0 && point[index]! <= 1) ||
      valueIn(assignment, owner.name) === undefined,
  );
}

/** A point that stands for the values; undefined for the coordinates of entries that have none. */
export function pointOf(cube: SearchCube, bounds: Bounds, assignment: Assignment): (number | undefined)[] {
  const unit = new Array<number | undefined>(cube.space.dimensions).fill(undefined);
  for (const { entry, start } of entrySlots(cube.space)) {
    const value = valueIn(assignment, entry.name);
    if (value === undefined || isUnordered(entry)) continue;
    entry.encode(value).forEach((coordinate, index) => {
      unit[start + index] = coordinate;
    });
  }
  return cube.coordinates.map((coordinate, index) => {
    const u = unit[coordinate];
    const isMirrored = bounds === 'transform' && cube.borders[index] === undefined;
    return u === undefined || !isMirrored ? u : linearQuadraticInverse(u, 0, 1);
  });
}

/**
 * The number of the choice that an assignment makes of each category; undefined where the entry is inactive, or has a
 * value that is none of its choices, as a trial of another study may.
 */
export function choicesOf({ categories }: SearchCube, assignment: Assignment): (number | undefined)[] {
  return categories.map(({ entry }) => {
    const value = valueIn(assignment, entry.name);
    const choice = entry.choices!.findIndex((one) => one === value);
    return choice === -1 ? undefined : choice;
  });
}
