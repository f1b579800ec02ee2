import { renderValue } from '../core/render-value.js';
import type { Assignment, EntryValue } from './space.js';

/** The one coordinate of an entry, moved into [0, 1]. @throws RangeError when it is not a number. */
export function coordinateOf(name: string, unit: readonly number[]): number {
  const [u] = unit;
  if (unit.length !== 1 || u === undefined || Number.isNaN(u)) {
    throw new RangeError(`"${name}" has one coordinate, a number; got [${unit.join(', ')}]`);
  }
  return Math.min(1, Math.max(0, u));
}

/** @throws RangeError unless the value is a number. */
export function numberOf(name: string, value: EntryValue): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new RangeError(`"${name}" is a number; got ${renderValue(value)}`);
}

/** Evenly spaced coordinates from 0 to 1; the middle alone for one. */
export function evenly(count: number): number[] {
  return count < 2 ? [0.5] : Array.from({ length: count }, (_, index) => index / (count - 1));
}

/** The value of an entry, if it has one. Own keys alone: an entry may be called `constructor`. */
export function valueIn(assignment: Assignment, entry: string): EntryValue | undefined {
  return Object.hasOwn(assignment, entry) ? assignment[entry] : undefined;
}

/** The value of an entry. @throws RangeError when it has none. */
export function assigned(assignment: Assignment, entry: string): EntryValue {
  const value = valueIn(assignment, entry);
  if (value === undefined) throw new RangeError(`the assignment has no value for "${entry}"`);
  return value;
}

/** The value of a numeric entry. @throws RangeError when it has none. */
export function numberIn(assignment: Assignment, entry: string): number {
  return numberOf(entry, assigned(assignment, entry));
}

/** The value of an entry whose choices are texts. @throws RangeError when it has none. */
export function textIn(assignment: Assignment, entry: string): string {
  const value = assigned(assignment, entry);
  if (typeof value === 'string') return value;
  throw new RangeError(`"${entry}" is a text; got ${renderValue(value)}`);
}
