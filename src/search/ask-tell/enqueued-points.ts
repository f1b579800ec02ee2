import { UserError } from '../../core/errors.js';
import { stream } from '../../core/random.js';
import { checkPoint } from '../../space/check-point.js';
import { completePoint } from '../../space/complete-point.js';
import type { Assignment, Space } from '../../space/space.js';
import { wrongDefinition } from './errors.js';
import { givenPoint } from './given-point.js';

/**
 * The points to try first, completed: what is left out is drawn from the space.
 * @param check `checkWholePoint` for points that were completed before: nothing may be missing
 * @throws UserError `usage` on what is no list of points, or on more than there are trials; `space` where one is none
 *   of the space
 */
export function enqueuedPoints(
  space: Space,
  given: unknown,
  seed: string,
  trials: number,
  check: typeof checkPoint = checkPoint,
): readonly Assignment[] {
  if (!Array.isArray(given)) throw wrongDefinition('list of points to try first', given, 'a list of points');
  if (given.length > trials) {
    throw new UserError({
      code: 'usage',
      message: 'more points than trials',
      found: `${given.length} points`,
      expected: `at most ${trials}`,
    });
  }
  return Array.from<unknown, Assignment>(given, (one, index) => {
    const point = givenPoint(space, one, `enqueue[${index}]`, check);
    return completePoint(space, point, stream(`${seed}/enqueue`, index));
  });
}
