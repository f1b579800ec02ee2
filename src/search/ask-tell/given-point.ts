import type { checkPoint } from '../../space/check-point.js';
import { failAt } from '../../space/space-problem.js';
import type { Assignment, Space } from '../../space/space.js';
import { wrongDefinition } from './errors.js';

/**
 * A point that a caller gave.
 * @param path names it in errors, such as `enqueue[2]`
 * @param check what it must be: values of some entries, or a whole point
 * @throws UserError `usage` on what is no object, `space` at what the space does not have
 */
export function givenPoint(space: Space, given: unknown, path: string, check: typeof checkPoint): Assignment {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw wrongDefinition(`such point as ${path}`, given, 'values by the names of the entries');
  }
  const fail = failAt((inner) => ({ path: [path, ...inner].join('.') }));
  return check(space, given as Readonly<Record<string, unknown>>, fail);
}
