import Database from 'libsql';
import { UserError } from '../core/errors.js';

/**
 * Lets one process at a time run a study: an exclusive transaction on a file of its own, which the operating
 * system ends with the process, however that ends. Readers of the journal are not hindered.
 * @returns a function that gives the lock back.
 * @throws UserError `study` when another process holds it.
 */
export function lockStudy(file: string, folder: string): () => void {
  const database = new Database(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new UserError({
        code: 'study',
        message: 'another process runs this study',
        place: { file: folder },
      });
    }
    throw error;
  }
  return () => {
    database.exec('ROLLBACK');
    database.close();
  };
}
