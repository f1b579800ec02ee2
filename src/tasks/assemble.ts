import { splitHash } from '../data/split-hash.js';
import type { TaskData } from './task.js';

/** Completes the data of a task with its hash. */
export function assembleTask(data: Omit<TaskData, 'splitHash'>): TaskData {
  return { ...data, splitHash: splitHash(data) };
}
