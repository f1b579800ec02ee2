import { readdirSync, type Dirent } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../core/errors.js';
import { byText } from '../core/order.js';
import { isFile } from '../core/path-kind.js';
import { systemCode } from '../core/system-error.js';
import { KNOWN_FILES } from './known-files.js';

/**
 * The path of a data file.
 *
 * An absolute name, or one that starts with `./` or `../` (from the working directory), is taken as it is. Any
 * other name is looked for in each data folder in order: first in the folder itself, then in the folders directly
 * in it; folders that may not be entered are passed over. Everywhere the name is tried as written, with `.gz` added, and with `.gz` taken away.
 *
 * @throws UserError `file-missing`, with the folders looked in and where a known file can be had.
 * @throws UserError `data` when several folders below one data folder hold the file: it must be named by path.
 */
export function findDataFile(name: string, environment: { readonly dataFolders: readonly string[] }): string {
  const spellings = [name, name.endsWith('.gz') ? name.slice(0, -3) : `${name}.gz`];
  if (isAbsolute(name) || /^\.\.?[/\\]/.test(name)) {
    const path = spellings.map((spelling) => resolve(spelling)).find(isFile);
    if (path !== undefined) return path;
    throw missing(name, 'nothing at this path');
  }
  for (const folder of environment.dataFolders) {
    const direct = spellings.map((spelling) => join(folder, spelling)).find(isFile);
    if (direct !== undefined) return direct;
    const below = foldersIn(folder)
      .map((child) => spellings.map((spelling) => join(child, spelling)).find(isFile))
      .filter((path) => path !== undefined);
    if (below.length > 1) {
      throw new UserError({
        code: 'data',
        message: `the data file "${name}" is there more than once`,
        found: below.join(', '),
        expected: 'one of these by its path',
      });
    }
    if (below[0] !== undefined) return below[0];
  }
  const { dataFolders } = environment;
  throw missing(name, dataFolders.length === 0 ? 'no data folder' : `nothing in ${dataFolders.join(', ')}`);
}

function missing(name: string, found: string): UserError {
  const source = KNOWN_FILES[basename(name).replace(/\.gz$/, '')];
  return new UserError({
    code: 'file-missing',
    message: `the data file "${name}" was not found`,
    found,
    expected: `the file (or with .gz) in a data folder${source === undefined ? '' : `; it can be had from ${source}`}`,
  });
}

/** What may be a folder in a folder: a link may lead to one, and where it does not, nothing is found below it. */
function foldersIn(folder: string): string[] {
  return entriesIn(folder)
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => join(folder, entry.name))
    .sort(byText);
}

/** Nothing where there is no folder, or one that may not be read: the file may be in another. */
function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    systemCode(error);
    return [];
  }
}
