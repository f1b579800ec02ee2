import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { awaiting } from '../core/awaited.js';
import { UserError } from '../core/errors.js';
import { guardModule } from './guard-module.js';
import { moduleProblem } from './module-problem.js';
import { resolverOf, type Resolver } from './resolve-lossmith.js';
import { checkUserModule, type LoadedModule } from './user-module.js';

const EXTENSIONS = ['.js', '.mjs', '.ts', '.mts'];

/** Not in the types of the lowest Node. */
interface HooksModule {
  readonly registerHooks: (hooks: { readonly resolve: Resolver }) => void;
}

let installed = false;

/**
 * Lets user files be TypeScript, lie anywhere, and import `lossmith`: the very modules that run here, not a second
 * copy.
 */
async function installHooks(): Promise<void> {
  if (installed) return;
  const entry = new URL('../index.js', import.meta.url).href;
  // Node 26 warns of `register`; the Nodes before 22.15 have nothing else.
  const { registerHooks } = nodeModule as Partial<HooksModule>;
  if (registerHooks === undefined) {
    nodeModule.register('../plugins/resolve-lossmith.js', import.meta.url, { data: { entry } });
  } else {
    registerHooks({ resolve: resolverOf(entry) });
  }
  // After the resolver, which it asks: so it takes a file for the kind of module that the resolver says.
  const tsx = await import('tsx/esm/api');
  // No tsconfig.json: that of the folder where the command runs could send `lossmith` to a second copy, and is in no hash.
  tsx.register({ tsconfig: false });
  installed = true;
}

/** Absolute path of a user's file. @throws UserError where it is absent or of an unknown kind. */
export function userModulePath(file: string, folder: string): string {
  const full = resolve(folder, file);
  if (!EXTENSIONS.includes(extname(full))) {
    throw new UserError({
      code: 'plugin',
      message: 'not a module',
      found: file,
      expected: EXTENSIONS.join(', '),
    });
  }
  if (!existsSync(full)) throw new UserError({ code: 'file-missing', message: 'no such file', found: full });
  return full;
}

/**
 * Imports the user's modules (JavaScript or TypeScript).
 * @param files absolute paths.
 * @throws UserError `plugin` where one does not load or exports the wrong things.
 */
export async function loadUserModules(files: readonly string[]): Promise<readonly LoadedModule[]> {
  const modules: LoadedModule[] = [];
  for (const file of files) {
    await installHooks();
    let exported: Record<string, unknown>;
    try {
      const loading = import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;
      exported = await awaiting({ what: 'the module', place: { file } }, loading);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw moduleProblem(error, file);
    }
    modules.push({ ...guardModule(checkUserModule(exported, file), file), file });
  }
  return modules;
}
