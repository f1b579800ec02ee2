import type { TaskData } from '../problem/task-data.js';
import type { TaskDefaults } from './task.js';

/** Name of the head of every regression task. */
export const VALUE_HEAD = 'value';

/** Metrics of a regression head, primary first. */
export function valueMetrics(data: TaskData): TaskDefaults['metrics'] {
  return ['rmse', 'mae'].map((name) => (data.heads.length === 1 ? { name } : { name, head: VALUE_HEAD }));
}
