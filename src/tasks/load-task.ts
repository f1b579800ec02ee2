import type { TaskData } from '../problem/task-data.js';
import { checkTaskData } from './check-task-data.js';
import type { AnyTask, TaskEnvironment } from './task.js';

/**
 * The data of a task, checked.
 * @param options as the schema of the task gives them
 * @throws UserError as the task does; `data` where what it gives is not sound
 */
export async function loadTask(
  task: AnyTask,
  options: unknown,
  environment: TaskEnvironment,
): Promise<TaskData> {
  const data = await task.load(options, environment);
  checkTaskData(data);
  return data;
}
