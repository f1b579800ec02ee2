import type Database from 'libsql';
import { loadSqlite } from './load-sqlite.js';

/**
 * Opens an SQLite file.
 * @param timeout milliseconds that the connection waits for another one
 * @throws UserError `study` where SQLite does not load
 */
export function openDatabase(file: string, timeout: number): Database.Database {
  const Opener = loadSqlite();
  return new Opener(file, { timeout });
}
