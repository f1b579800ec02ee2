import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../core/errors.js';
import { sha256 } from '../core/json.js';
import { checkUserModule, type UserModule } from './user-module.js';

const EXTENSIONS = ['.js', '.mjs', '.ts', '.mts'];

let resolverInstalled = false;
let typescriptInstalled = false;

/** Lets user files import `lossmith` wherever they lie: the very modules that run here, not a second copy. */
function installResolver(): void {
  if (resolverInstalled) return;
  register('./resolve-lossmith.js', import.meta.url, {
    data: { entry: new URL('../index.js', import.meta.url).href },
  });
  resolverInstalled = true;
}

async function installTypescript(): Promise<void> {
  if (typescriptInstalled) return;
  const tsx = await import('tsx/esm/api');
  tsx.register();
  typescriptInstalled = true;
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

/** Hash of the texts of the user's modules: part of the experiment's hash. */
export function hashUserModules(files: readonly string[]): string {
  return sha256(...files.map((file) => readFileSync(file)));
}

/**
 * Imports the user's modules (JavaScript or TypeScript).
 * @param files absolute paths.
 * @throws UserError `plugin` where one does not load or exports the wrong things.
 */
export async function loadUserModules(files: readonly string[]): Promise<readonly UserModule[]> {
  const modules: UserModule[] = [];
  for (const file of files) {
    installResolver();
    if (extname(file).endsWith('ts')) await installTypescript();
    let exported: Record<string, unknown>;
    try {
      exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof UserError) throw error;
      const reason =
        error instanceof Error ? `${error.name}: ${error.message.split('\n', 1)[0]}` : String(error);
      throw new UserError({
        code: 'plugin',
        message: 'the module does not load',
        place: { file },
        found: reason,
      });
    }
    modules.push(checkUserModule(exported, file));
  }
  return modules;
}
