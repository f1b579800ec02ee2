import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../core/errors.js';
import { systemCode } from '../core/system-error.js';

/**
 * Makes a folder and those above it; one that is there already is left as it is. One level after the other: Node's
 * own recursive `mkdirSync` never returns where a folder that exists says that it does not (below /proc).
 * @throws UserError `study` where it cannot be made
 */
export function makeFolder(folder: string): void {
  try {
    for (const level of missingLevels(resolve(folder))) makeLevel(level);
  } catch (error) {
    throw unmakable(folder, systemCode(error));
  }
  if (!statSync(folder).isDirectory()) throw unmakable(folder, 'a file is in its place');
}

function unmakable(folder: string, reason: string): UserError {
  return new UserError({
    code: 'study',
    message: `the folder cannot be made (${reason})`,
    place: { file: folder },
  });
}

/** What is not there, from the top down. */
function missingLevels(folder: string): readonly string[] {
  const above = dirname(folder);
  if (above === folder || exists(folder)) return [];
  return [...missingLevels(above), folder];
}

function makeLevel(level: string): void {
  try {
    mkdirSync(level);
  } catch (error) {
    // Another process may make it at the same moment.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
