import { resolve } from 'node:path';

/** Where data files are looked for: `--data`, else the environment variable, else ./data. */
export function dataFolders(option: string | undefined, environment: NodeJS.ProcessEnv): readonly string[] {
  return [resolve(option ?? environment['LOSSMITH_DATA'] ?? 'data')];
}
