import type Database from 'libsql';
import { requirePackage } from '../core/require-package.js';

/**
 * Opens an SQLite file. The library is loaded with the first one: commands that open no journal start without it.
 * @param timeout milliseconds that the connection waits for another one
 */
export function openDatabase(file: string, timeout: number): Database.Database {
  const Opener = requirePackage('libsql') as typeof Database;
  return new Opener(file, { timeout });
}
