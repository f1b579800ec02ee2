import { checkPoint } from './check-point.js';
import type { Assignment, Space } from './space.js';
import type { Fail } from './space-problem.js';

/**
 * Checks the values of a whole point, as {@link checkPoint} does, and that every active entry has one. Where no reason is
 * wanted there is `wholePoint`.
 * @returns the values in the order of the space
 * @throws UserError `space` at what is wrong; at the point itself where a value is missing
 */
export function checkWholePoint(
  space: Space,
  given: Readonly<Record<string, unknown>>,
  fail: Fail,
): Assignment {
  const point = checkPoint(space, given, fail);
  const absent = space.entries.find(
    (entry) => space.isActive(entry, point) && !Object.hasOwn(point, entry.name),
  );
  if (absent === undefined) return point;
  return fail([], 'a value is missing', {
    found: `no value of "${absent.name}"`,
    expected: 'a value of every active entry',
  });
}
