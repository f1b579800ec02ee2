import { readFileSync } from 'node:fs';
import { UserError } from '../core/errors.js';

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
