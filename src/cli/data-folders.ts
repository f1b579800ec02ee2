import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../core/errors.js';

/**
 * Where data files are looked for: `--data`, else the environment variable, else ./data.
 * @throws UserError `usage` where a folder that was named is none; ./data need not exist
 */
export function dataFolders(option: string | undefined, environment: NodeJS.ProcessEnv): readonly string[] {
  return namedFolders(option, environment) ?? [resolve('data')];
}

/** The folders that `--data` or the environment variable name; undefined where neither does. @throws as above */
export function namedFolders(
  option: string | undefined,
  environment: NodeJS.ProcessEnv,
): readonly string[] | undefined {
  // An empty variable is how shells unset one for a command.
  const named = option ?? (environment['LOSSMITH_DATA'] || undefined);
  if (named === undefined) return undefined;
  const folder = resolve(named);
  if (named !== '' && existsSync(folder) && statSync(folder).isDirectory()) return [folder];
  throw new UserError({
    code: 'usage',
    message: 'no such folder',
    place: { path: option === undefined ? 'LOSSMITH_DATA' : '--data' },
    found: named,
  });
}
