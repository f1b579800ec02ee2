import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../src/core/errors.js';
import { findDataFile } from '../../src/data/find-data-file.js';

const FOLDERS: readonly string[] = [
  process.env['LOSSMITH_DATA'],
  fileURLToPath(new URL('../../../shared/data', import.meta.url)),
].filter((folder) => folder !== undefined && existsSync(folder)) as string[];

/** Where the real data sets are: LOSSMITH_DATA, then shared/data beside the checkout. */
export const REAL_ENVIRONMENT = { dataFolders: FOLDERS };

/** Whether a real data file is at hand; says so when it is not, because a test is then skipped. */
export function hasRealData(file: string): boolean {
  try {
    findDataFile(file, REAL_ENVIRONMENT);
    return true;
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'file-missing') throw error;
    console.warn(`skipped: ${file} is not in LOSSMITH_DATA or ../shared/data`);
    return false;
  }
}
