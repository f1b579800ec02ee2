import type Database from 'libsql';
import { UserError } from '../core/errors.js';
import { orClose } from '../core/or-close.js';
import { isBusy, withDatabase } from './database-error.js';
import { openDatabase } from './open-database.js';

/**
 * Lets one process at a time run a study: an exclusive transaction on a file of its own, which the operating
 * system ends with the process, however that ends. Readers of the journal are not hindered.
 * @returns a function that gives the lock back.
 * @throws UserError `study` when another process holds it, or the file cannot be written.
 */
export function lockStudy(file: string, folder: string): () => void {
  return withDatabase(file, 'the lock of the study', () => {
    const database = openDatabase(file, 0);
    const close = (): void => void database.close();
    return orClose(close, () => {
      begin(database, folder);
      return () => {
        database.exec('ROLLBACK');
        close();
      };
    });
  });
}

function begin(database: Database.Database, folder: string): void {
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new UserError({
      code: 'study',
      message: 'another process runs this study',
      place: { file: folder },
    });
  }
}
