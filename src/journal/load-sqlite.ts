import type Database from 'libsql';
import { UserError } from '../core/errors.js';
import { messageOf, missingModule, oneLine } from '../core/load-problem.js';
import { requirePackage } from '../core/require-package.js';

/**
 * SQLite, loaded when it is first asked for: commands that open no journal start without it. It is a native library,
 * one package for each platform, which npm leaves out where optional packages are off or `node_modules` came from
 * another platform. Whoever makes the folder of a journal asks first, so that nothing is left behind.
 * @throws UserError `study` where it does not load, with the reason
 */
export function loadSqlite(): typeof Database {
  try {
    return requirePackage('libsql') as typeof Database;
  } catch (error) {
    throw sqliteFailure(error);
  }
}

/** What to tell of an error that loading libsql gave. */
export function sqliteFailure(error: unknown): UserError {
  const missing = missingModule(error);
  return new UserError(
    {
      code: 'study',
      message: 'the package libsql, which keeps the journal of a study, does not load',
      found: missing === undefined ? oneLine(messageOf(error)) : `no ${missing}`,
      expected: '`npm ci` or `npm install` again, on this platform and with optional packages',
    },
    { cause: error },
  );
}
