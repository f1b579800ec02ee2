import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../core/errors.js';
import { withSystem } from '../core/system-error.js';
import { readJournal } from '../journal/read-journal.js';
import { lockStudy } from '../journal/study-lock.js';
import { JOURNAL_FILE, LOCK_FILE } from './study-folder.js';

/**
 * Moves the folder of a former study out of the way of a new one of its name.
 * @returns where it went; undefined where there is none, or none that began.
 * @throws UserError `study` when a process still runs it, or it cannot be moved.
 */
export function moveFormerAside(folder: string): string | undefined {
  return isFolder(folder) && holdsWork(folder) ? rename(folder) : undefined;
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** Does the folder hold more than a study that was ended before it began leaves behind? */
function holdsWork(folder: string): boolean {
  const names = withSystem(folder, 'the folder cannot be read', () => readdirSync(folder));
  if (names.some((name) => !name.startsWith(JOURNAL_FILE) && !name.startsWith(LOCK_FILE))) return true;
  return names.includes(JOURNAL_FILE) && !isUnbegun(join(folder, JOURNAL_FILE));
}

/** Is the journal whole, and without events? What cannot be read may be somebody's work. */
function isUnbegun(file: string): boolean {
  try {
    const journal = readJournal(file);
    try {
      return journal.entries().length === 0;
    } finally {
      journal.close();
    }
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Renames the folder to the first free `<name>.previous-<n>` beside it. */
function rename(folder: string): string {
  if (existsSync(join(folder, JOURNAL_FILE))) lockStudy(join(folder, LOCK_FILE), folder)();
  for (let count = 1; ; count++) {
    const target = join(dirname(folder), `${basename(folder)}.previous-${count}`);
    if (existsSync(target)) continue;
    withSystem(folder, 'the former study of this name cannot be moved aside', () => {
      renameSync(folder, target);
    });
    return target;
  }
}
