import { dirname, resolve } from 'node:path';
import { awaiting } from '../core/awaited.js';
import { UserError } from '../core/errors.js';
import { checkWith, parseWith, parseYaml } from '../core/yaml-file.js';
import { hashUserModules } from '../plugins/hash-user-modules.js';
import { loadUserModules, userModulePath } from '../plugins/load-user-modules.js';
import { createRegistries, type Registries } from '../plugins/registries.js';
import { checkModel } from './check-model.js';
import { checkedMember } from './checked-member.js';
import { chooseEngine } from './choose-engine.js';
import type { Experiment } from './experiment.js';
import { experimentFileSchema } from './experiment-file.js';
import { findSpace } from './find-space.js';
import { findGivenLoss } from './given-loss.js';
import { atOption, located } from './located.js';
import { readTextFile } from './read-text-file.js';
import { refuseSpaceFile } from './refuse-space-file.js';
import { resolveExperiment, type Overrides } from './resolve-experiment.js';
import { spaceFrom } from '../space/create-space.js';
import type { TaskData } from '../problem/task-data.js';
import { loadTask } from '../tasks/load-task.js';

export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly registries: Registries;
  readonly data: TaskData;
  /** Where data files were looked for, in order. */
  readonly dataFolders: readonly string[];
}

/**
 * Reads an experiment file, the user's modules, the space and the data, and resolves them into one
 * {@link Experiment}. Nothing is written.
 * @param dataFolders where data files are looked for, in order.
 * @param mode `evaluate` needs a `candidate` (in the file or in the overrides), `search` a `space`.
 * @throws UserError with file, line, column and path.
 */
export async function loadExperiment(
  path: string,
  dataFolders: readonly string[],
  mode: Experiment['mode'],
  overrides: Overrides = {},
): Promise<LoadedExperiment> {
  const document = parseYaml(readTextFile(path), path);
  refuseSpaceFile(document);
  const file = parseWith(experimentFileSchema, document);
  const folder = dirname(resolve(path));
  const use = file.use.map((entry, index) =>
    located(document.locate(['use', index]), () => userModulePath(entry, folder)),
  );
  const modules = await loadUserModules(use);
  const registries = createRegistries(modules);

  const spaceSource = mode === 'search' ? findSpace(file, document, folder, modules) : undefined;
  if (mode === 'search' && spaceSource === undefined) {
    throw new UserError({
      code: 'schema',
      message: 'the key "space" is missing',
      place: document.locate([]),
      expected: 'the name of a space, a file, or a space itself',
    });
  }
  const space = spaceSource === undefined ? undefined : spaceFrom(spaceSource.definition, spaceSource.locate);
  const given = mode === 'evaluate' ? findGivenLoss(file, document, overrides) : undefined;

  const taskChoice = checkedMember(document, ['task'], file.task, registries.tasks);
  const task = registries.tasks.get(taskChoice.name);
  const taskOptions = checkWith<unknown>(task.schema, taskChoice.options);
  // A task's own files may lie beside the experiment: its folder comes after the ones the user named.
  const folders = [...dataFolders, folder];
  const loading = loadTask(task, taskOptions, { dataFolders: folders });
  const awaited = { what: `the task ${JSON.stringify(task.name)}`, place: document.locate(['task']) };
  const data = await awaiting(awaited, loading).catch((error: unknown) => {
    throw error instanceof UserError ? atOption(error, document, ['task']) : error;
  });
  const defaults = task.defaults(taskOptions, data);
  const wanted = overrides.engine ?? file.engine;
  const engine = await chooseEngine(wanted, registries).catch((error: unknown) => {
    const place = overrides.engine === undefined ? document.locate(['engine']) : { path: '--engine' };
    throw error instanceof UserError ? error.at(place) : error;
  });
  const experiment = resolveExperiment({
    file,
    folder,
    engine,
    document,
    mode,
    registries,
    task: taskChoice,
    data,
    defaults,
    use,
    useHash: hashUserModules(use),
    ...(space === undefined || spaceSource === undefined ? {} : { space, spaceSource }),
    ...(given === undefined ? {} : { given }),
    overrides,
  });
  const { name, options } = experiment.model;
  checkModel(registries.models.get(name), options, data, document.locate(['model']));
  return { experiment, registries, data, dataFolders: folders };
}
