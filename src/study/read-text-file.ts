import { readFileSync } from 'node:fs';
import { UserError, type Place } from '../core/errors.js';

/** Reads a text file of the user. @throws UserError `file-missing` or `file-unreadable`. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new UserError({ code: 'file-missing', message: 'no such file', place: { file } });
    if (typeof code !== 'string') throw error;
    const message = code === 'EISDIR' ? 'a folder, not a file' : `the file cannot be read (${code})`;
    throw new UserError({ code: 'file-unreadable', message, place: { file } });
  }
}

/** As {@link readTextFile} for a file that another one names: the fault is where it is named. */
export function readNamedFile(file: string, place: Place): string {
  try {
    return readTextFile(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message } = error;
    throw new UserError({ code, message, place, found: file });
  }
}
