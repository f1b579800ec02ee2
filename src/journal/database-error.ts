import { UserError } from '../core/errors.js';

/**
 * SQLite's result codes that are the user's to mend, with what they mean to the user. The extended codes hold them in
 * their lowest byte (sqlite.org/rescode.html).
 */
const REASONS: Readonly<Record<number, string>> = {
  3: 'cannot be written: no permission',
  5: 'is held by another process',
  8: 'cannot be written: it or its folder is read-only',
  10: 'cannot be read or written: the disk failed, or a limit was reached; what was completed is kept',
  11: 'is damaged',
  13: 'cannot grow: the disk is full; what was completed is kept, free some space and resume',
  14: 'cannot be opened',
  26: 'is not one: the file holds something else',
};
/** SQLITE_BUSY: another connection holds the lock. */
const BUSY = 5;

/** SQLite's primary result code of what libsql threw, or undefined where SQLite did not fail. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('rawCode' in error && typeof error.rawCode === 'number') return error.rawCode & 0xff;
  // A file that cannot be opened has its code in the text alone.
  const opening = /^ConnectionFailed\(.*: (\d+)"?\)$/s.exec(error.message);
  return opening === null ? undefined : Number(opening[1]) & 0xff;
}

export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY;

/**
 * What `body` gives.
 * @param what the file is to the user, such as `the journal`
 * @throws UserError `study` where the database fails for a reason that the user can mend; other errors as they are
 */
export function withDatabase<Result>(file: string, what: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    const reason = REASONS[resultCode(error) ?? 0];
    if (reason === undefined) throw error;
    throw new UserError({ code: 'study', message: `${what} ${reason}`, place: { file } });
  }
}
