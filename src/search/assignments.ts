import { canonicalJson } from '../core/json.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, EntryValue } from '../space/space.js';

/** True where both are the same number, choice, or weights. */
export function sameValue(a: EntryValue | undefined, b: EntryValue | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') {
    return a.length === b.length && a.every((part, index) => part === b[index]);
  }
  return a === b;
}

/** True where both give the same values to the same entries. */
export function sameAssignment(a: Assignment, b: Assignment): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], valueIn(b, name)))
  );
}

/** Only saves the work of writing the text again: assignments are never changed. */
const keys = new WeakMap<Assignment, string>();

/** Text that is equal for equal assignments. */
export function assignmentKey(assignment: Assignment): string {
  const known = keys.get(assignment);
  if (known !== undefined) return known;
  const key = canonicalJson(assignment);
  keys.set(assignment, key);
  return key;
}
