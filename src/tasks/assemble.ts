import { splitHash } from '../data/split-hash.js';
import type { TaskData } from '../problem/task-data.js';
import { requireSamples } from './check-task-data.js';

/**
 * Completes the data of a task with its hash.
 * @throws UserError `data` when a part has no sample; what else must hold is checked where a task is loaded.
 */
export function assembleTask(data: Omit<TaskData, 'splitHash'>): TaskData {
  requireSamples(data);
  return { ...data, splitHash: splitHash(data) };
}
