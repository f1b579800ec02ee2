import { dirname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import { unknownName } from '../core/registry.js';
import { checkWith, parseWith, parseYaml, type Locate, type YamlDocument } from '../core/yaml-file.js';
import { hashUserModules, loadUserModules, userModulePath } from '../plugins/load-user-modules.js';
import { createRegistries, type Registries } from '../plugins/registries.js';
import type { UserModule } from '../plugins/user-module.js';
import { parseCandidate } from '../candidate/parse-candidate.js';
import { chooseEngine } from './choose-engine.js';
import { builtinSpaceNames, readBuiltinSpace } from './builtin-spaces.js';
import type { Experiment } from './experiment.js';
import { experimentFileSchema, type ExperimentFile } from './experiment-file.js';
import { located } from './located.js';
import { memberChoice } from './member-choice.js';
import { readTextFile } from './read-text-file.js';
import { resolveExperiment, type Overrides } from './resolve-experiment.js';
import { spaceFrom } from '../space/create-space.js';
import type { TaskData } from '../problem/task-data.js';

export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly registries: Registries;
  readonly data: TaskData;
  /** Where data files were looked for, in order. */
  readonly dataFolders: readonly string[];
}

/** Definition of the space of an experiment file, with where its text stands. */
interface SpaceSource {
  readonly definition: Json;
  readonly locate: Locate;
}

function findSpace(
  file: ExperimentFile,
  document: YamlDocument,
  folder: string,
  modules: readonly UserModule[],
): SpaceSource | undefined {
  const { space } = file;
  if (space === undefined) return undefined;
  if (typeof space !== 'string') {
    return {
      definition: space as Json,
      locate: (path, target) => document.locate(['space', ...path], target),
    };
  }
  const own = modules.flatMap((module) => module.spaces ?? []).find(({ name }) => name === space);
  if (own !== undefined) return { definition: own as Json, locate: () => document.locate(['space']) };
  if (/\.ya?ml$/.test(space) || space.startsWith('.') || isAbsolute(space)) {
    const path = resolve(folder, space);
    const text = located(document.locate(['space']), () => readTextFile(path));
    const parsed = parseYaml(text, path);
    return { definition: parsed.value as Json, locate: parsed.locate };
  }
  const text = readBuiltinSpace(space);
  if (text === undefined) {
    const known = [
      ...modules.flatMap((module) => module.spaces ?? []).map(({ name }) => name),
      ...builtinSpaceNames(),
    ];
    throw unknownName('space', space, known).at(document.locate(['space']));
  }
  const parsed = parseYaml(text, join('search-spaces', `${space}.yaml`));
  return { definition: parsed.value as Json, locate: parsed.locate };
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
  const candidate = mode === 'evaluate' ? findCandidate(file, document, overrides) : undefined;

  const taskChoice = memberChoice(file.task);
  const task = located(document.locate(['task']), () => registries.tasks.get(taskChoice.name));
  const taskOptions = checkWith<unknown>(task.schema, taskChoice.options, (inner, target) =>
    document.locate(['task', ...inner], target),
  );
  // A task's own files may lie beside the experiment: its folder comes after the ones the user named.
  const folders = [...dataFolders, folder];
  const data = await task.load(taskOptions as never, { dataFolders: folders }).catch((error: unknown) => {
    throw error instanceof UserError && error.place.file === undefined
      ? error.at(document.locate(['task']))
      : error;
  });
  const defaults = task.defaults(taskOptions, data);
  const wanted = overrides.engine ?? file.engine;
  const engine = await chooseEngine(wanted, registries).catch((error: unknown) => {
    throw error instanceof UserError ? error.at(document.locate(['engine'])) : error;
  });
  const experiment = resolveExperiment({
    file,
    engine,
    document,
    mode,
    registries,
    data,
    defaults,
    use,
    useHash: hashUserModules(use),
    ...(space === undefined || spaceSource === undefined
      ? {}
      : { space, spaceDefinition: spaceSource.definition }),
    ...(candidate === undefined ? {} : { candidate }),
    overrides,
  });
  return { experiment, registries, data, dataFolders: folders };
}

function findCandidate(
  file: ExperimentFile,
  document: YamlDocument,
  overrides: Overrides,
): ReturnType<typeof parseCandidate> {
  if (overrides.candidate !== undefined) return overrides.candidate;
  if (file.candidate === undefined) {
    throw new UserError({
      code: 'schema',
      message: 'no loss is given',
      place: document.locate([]),
      expected: 'the key "candidate", or --loss FILE',
    });
  }
  return parseCandidate(file.candidate, document.locate(['candidate']));
}

/**
 * Loads what a journaled experiment needs, and checks that it is what the study began with.
 * @throws UserError `study` where the user's modules or the data changed since.
 */
export async function reloadExperiment(
  started: { readonly experiment: Experiment; readonly splitHash: string },
  dataFolders: readonly string[],
): Promise<{ readonly registries: Registries; readonly data: TaskData }> {
  const { experiment } = started;
  for (const file of experiment.use) readTextFile(file);
  if (hashUserModules(experiment.use) !== experiment.useHash) {
    throw new UserError({
      code: 'study',
      message: "the user's modules changed since the study began",
      found: experiment.use.join(', '),
      expected: 'the files as they were, or a new search',
    });
  }
  const registries = createRegistries(await loadUserModules(experiment.use));
  await chooseEngine(experiment.engine, registries);
  const task = registries.tasks.get(experiment.task.name);
  const data = await task.load(task.schema.parse(experiment.task.options) as never, { dataFolders });
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
