import type Database from 'libsql';
import { orClose } from '../core/or-close.js';
import { UserError } from '../core/errors.js';
import { withDatabase } from './database-error.js';
import { eventColumns } from './event-columns.js';
import type { EventKey, JournalEntry, JournalReader } from './journal.js';
import type { JournalEvent } from './journal-event.js';
import { openDatabase } from './open-database.js';

interface EventRow {
  readonly id: number;
  readonly at: number;
  readonly event: string;
}

interface KeyRow {
  readonly kind: 'asked' | 'probed' | 'trained' | 'told';
  readonly trial: number;
  readonly part: string;
}

/** Milliseconds that a connection waits for another one. */
export const WAIT_MS = 5000;

/** What can be read from a journal that is open. */
export function readerOf(database: Database.Database, file: string): Omit<JournalReader, 'close'> {
  const later = database.prepare('SELECT id, at, event FROM events WHERE id > ? ORDER BY id');
  // The record only grows: each event is read and parsed once.
  const known: JournalEntry[] = [];
  const one = database.prepare('SELECT id, at, event FROM events WHERE kind = ? AND trial = ? AND part = ?');
  return {
    // The index `once` holds all that is asked for.
    trialKeys: () => {
      const rows = withDatabase(file, 'the journal', () =>
        database.prepare('SELECT kind, trial, part FROM events WHERE trial >= 0 ORDER BY id').all(),
      ) as KeyRow[];
      return rows.map(({ kind, trial, part }) =>
        kind === 'trained' ? { kind, trial, fidelity: Number(part) } : { kind, trial },
      );
    },
    event: <Key extends EventKey>(key: Key) => {
      const { trial, part } = eventColumns(key);
      const rows = withDatabase(file, 'the journal', () => one.all(key.kind, trial, part)) as EventRow[];
      // The kind of the row is that of the key.
      type Found = Extract<JournalEvent, { kind: Key['kind'] }>;
      return rows[0] === undefined ? undefined : (entryOf(rows[0], file).event as Found);
    },
    entries: () => {
      withDatabase(file, 'the journal', () => {
        const rows = later.all(known.at(-1)?.id ?? 0) as EventRow[];
        for (const row of rows) known.push(entryOf(row, file));
      });
      return [...known];
    },
    blob: (key) => {
      // `.all()`, because libsql's `.get()` adds a timing to the row; blobs come back as ArrayBuffer.
      const rows = withDatabase(file, 'the journal', () =>
        database
          .prepare('SELECT bytes FROM blobs WHERE kind = ? AND trial = ? AND fidelity = ?')
          .all(key.kind, key.trial, key.fidelity),
      ) as { bytes: ArrayBuffer }[];
      return rows[0] === undefined ? undefined : new Uint8Array(rows[0].bytes);
    },
  };
}

function entryOf({ id, at, event }: EventRow, file: string): JournalEntry {
  try {
    return { id, at, event: JSON.parse(event) as JournalEvent };
  } catch {
    throw new UserError({
      code: 'study',
      message: 'the journal is damaged',
      place: { file },
      found: `event ${id} is no JSON`,
    });
  }
}

/** A file that was made and not begun: its maker was killed. */
const UNBEGUN: Omit<JournalReader, 'close'> = {
  entries: () => [],
  trialKeys: () => [],
  event: () => undefined,
  blob: () => undefined,
};

/**
 * Opens a journal that is there in order to read it alone: nothing is written, so its folder may be read-only, and it
 * may be in use.
 * @throws UserError `study` where the file is no journal or cannot be read.
 */
export function readJournal(file: string): JournalReader {
  return withDatabase(file, 'the journal', () => {
    const database = openDatabase(file, WAIT_MS);
    const close = (): void => void database.close();
    return orClose(close, () => {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE name IN ('events', 'blobs')");
      return { ...(tables.all().length === 2 ? readerOf(database, file) : UNBEGUN), close };
    });
  });
}
