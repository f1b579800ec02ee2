import type Database from 'libsql';
import { orClose } from '../core/or-close.js';
import { withDatabase } from './database-error.js';
import { eventColumns } from './event-columns.js';
import type { EventKey, JournalEntry, JournalReader } from './journal.js';
import type { JournalEvent } from './journal-event.js';
import { openDatabase } from './open-database.js';
import { entryOf, EVENT_COLUMNS, KEY_COLUMNS, keyOf, type EventRow, type KeyRow } from './read-row.js';

/** Milliseconds that a connection waits for another one. */
export const WAIT_MS = 5000;

/** What can be read from a journal that is open. */
export function readerOf(database: Database.Database, file: string): Omit<JournalReader, 'close'> {
  const later = database.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE id > ? ORDER BY id`);
  // The record only grows: each event is read and parsed once.
  const known: JournalEntry[] = [];
  const one = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM events WHERE kind = ? AND trial = ? AND part = ?`,
  );
  return {
    // The index `once` holds all that is asked for.
    trialKeys: () => {
      const rows = withDatabase(file, 'the journal', () =>
        database.prepare(`SELECT ${KEY_COLUMNS} FROM events WHERE trial >= 0 ORDER BY id`).all(),
      ) as KeyRow[];
      return rows.map((row) => keyOf(row, file));
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
          .prepare(
            'SELECT CAST(bytes AS BLOB) AS bytes FROM blobs WHERE kind = ? AND trial = ? AND fidelity = ?',
          )
          .all(key.kind, key.trial, key.fidelity),
      ) as { bytes: ArrayBuffer }[];
      return rows[0] === undefined ? undefined : new Uint8Array(rows[0].bytes);
    },
  };
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
      const names = (tables.all() as { readonly name: string }[]).map(({ name }) => name);
      if (!names.includes('events')) return { ...UNBEGUN, close };
      // Blobs are a cache of work: without their table the record is whole.
      const withoutBlobs = names.includes('blobs') ? {} : { blob: UNBEGUN.blob };
      return { ...readerOf(database, file), ...withoutBlobs, close };
    });
  });
}
