import { isAbsolute, join, resolve } from 'node:path';
import type { Json } from '../core/json.js';
import { unknownName } from '../core/registry.js';
import { renderPath } from '../core/render-value.js';
import { parseYaml, type Locate, type YamlDocument } from '../core/yaml-file.js';
import type { UserModule } from '../plugins/user-module.js';
import { builtinSpaceNames, readBuiltinSpace } from './builtin-spaces.js';
import type { ExperimentFile } from './experiment-file.js';
import { readNamedFile } from './read-text-file.js';

/** Definition of the space of an experiment file, with where its text stands. */
export interface SpaceSource {
  readonly definition: Json;
  readonly locate: Locate;
}

/**
 * The space that an experiment file means: written in it, named in a file of its own, of the user's modules, or
 * ready-made; undefined where it has none.
 * @param folder of the experiment file
 * @throws UserError at the place in the file
 */
export function findSpace(
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
  // What has no text that the user wrote is shown where the experiment names it.
  const named: Locate = (path) => ({ ...document.locate(['space']), path: renderPath(['space', ...path]) });
  if (own !== undefined) return { definition: own as Json, locate: named };
  if (/\.ya?ml$/.test(space) || space.startsWith('.') || isAbsolute(space)) {
    const path = resolve(folder, space);
    const text = readNamedFile(path, document.locate(['space']));
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
  return { definition: parsed.value as Json, locate: named };
}
