import { awaiting } from '../core/awaited.js';
import { UserError } from '../core/errors.js';
import { hashUserModules } from '../plugins/hash-user-modules.js';
import { loadUserModules } from '../plugins/load-user-modules.js';
import { createRegistries, type Registries } from '../plugins/registries.js';
import type { TaskData } from '../problem/task-data.js';
import { loadTask } from '../tasks/load-task.js';
import { chooseEngine } from './choose-engine.js';
import type { Experiment } from './experiment.js';
import { readTextFile } from './read-text-file.js';

/**
 * The registries of a journaled experiment, its user's modules included.
 * @throws UserError `study` where the modules changed since.
 */
export async function reloadRegistries(experiment: Experiment): Promise<Registries> {
  for (const file of experiment.use) readTextFile(file);
  if (hashUserModules(experiment.use) !== experiment.useHash) {
    throw new UserError({
      code: 'study',
      message: "the user's modules changed since the study began",
      found: experiment.use.join(', '),
      expected: 'the files as they were, or a new search',
    });
  }
  return createRegistries(await loadUserModules(experiment.use));
}

/**
 * Loads what a journaled experiment needs in order to go on, and checks that it is what the study began with.
 * @throws UserError `study` where the user's modules or the data changed since.
 */
export async function reloadExperiment(
  started: { readonly experiment: Experiment; readonly splitHash: string },
  dataFolders: readonly string[],
): Promise<{ readonly registries: Registries; readonly data: TaskData }> {
  const { experiment } = started;
  const registries = await reloadRegistries(experiment);
  await chooseEngine(experiment.engine, registries);
  const task = registries.tasks.get(experiment.task.name);
  const options: unknown = task.schema.parse(experiment.task.options);
  const awaited = { what: `the task ${JSON.stringify(task.name)}`, place: {} };
  const data = await awaiting(awaited, loadTask(task, options, { dataFolders })).catch((error: unknown) => {
    throw error instanceof UserError ? error.at({ path: 'task' }) : error;
  });
  if (data.splitHash !== started.splitHash) {
    throw new UserError({
      code: 'study',
      message: 'the data changed since the study began',
      found: `split ${data.splitHash}`,
      expected: `split ${started.splitHash}`,
    });
  }
  return { registries, data };
}
