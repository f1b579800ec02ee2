import { UserError } from '../core/errors.js';
import { splitHash } from '../data/split-hash.js';
import { PARTS } from '../problem/part.js';
import type { TaskData } from '../problem/task-data.js';

/**
 * Completes the data of a task with its hash.
 * @throws UserError `data` when a part has no sample.
 */
export function assembleTask(data: Omit<TaskData, 'splitHash'>): TaskData {
  const empty = PARTS.find((part) => data.parts[part].length === 0);
  if (empty !== undefined) {
    throw new UserError({
      code: 'data',
      message: `no sample is in the ${empty} part`,
      found: `${data.size} samples in all`,
      expected: 'enough samples for all four parts',
    });
  }
  return { ...data, splitHash: splitHash(data) };
}
