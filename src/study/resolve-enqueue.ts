import { UserError } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';
import { checkPoint } from '../space/check-point.js';
import { failAt } from '../space/space-problem.js';
import type { Assignment, Space } from '../space/space.js';
import type { ExperimentFile } from './experiment-file.js';

/**
 * The points of `search.enqueue` as the space has them.
 * @param trials of the search
 * @throws UserError at the place in the file: an entry that does not exist or is not active, a value that it never has,
 *   more points than trials
 */
export function resolveEnqueue(
  enqueue: NonNullable<ExperimentFile['search']['enqueue']>,
  document: YamlDocument,
  space: Space,
  trials: number,
): readonly Assignment[] {
  if (enqueue.length > trials) {
    throw new UserError({
      code: 'schema',
      message: 'more points than the search has trials',
      place: document.locate(['search', 'enqueue']),
      found: `${enqueue.length} points`,
      expected: `at most ${trials}`,
    });
  }
  return enqueue.map((point, index) =>
    checkPoint(
      space,
      point,
      failAt((path, target) => document.locate(['search', 'enqueue', index, ...path], target)),
    ),
  );
}
