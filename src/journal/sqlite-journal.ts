import { existsSync } from 'node:fs';
import type Database from 'libsql';
import { UserError } from '../core/errors.js';
import type { Clock } from '../core/clock.js';
import { orClose } from '../core/or-close.js';
import { withDatabase } from './database-error.js';
import { eventColumns } from './event-columns.js';
import type { BlobEntry, Journal } from './journal.js';
import type { JournalEvent } from './journal-event.js';
import { openDatabase } from './open-database.js';
import { WAIT_MS, readerOf } from './read-journal.js';

/**
 * The unique index is the promise that no trial is recorded twice. Events without a trial have NULL there, and
 * NULLs never collide; the stage events carry their stage as `part`, so that each stage opens once.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  trial INTEGER,
  part TEXT,
  event TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS once ON events (kind, trial, part);
CREATE TABLE IF NOT EXISTS blobs (
  kind TEXT NOT NULL,
  trial INTEGER NOT NULL,
  fidelity INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (kind, trial, fidelity)
);`;

/** The name of a journal that is no file. */
const IN_MEMORY = ':memory:';

/**
 * Opens (and makes, where it is absent) the journal in an SQLite file. Write-ahead log with NORMAL
 * synchronisation: a killed process loses nothing that was appended.
 * @throws UserError `study` where the file is no journal, is damaged, or cannot be written.
 */
export function openJournal(file: string, clock: Clock): Journal {
  return withDatabase(file, 'the journal', () => {
    const database = openDatabase(file, WAIT_MS);
    return orClose(
      () => void database.close(),
      () => {
        database.exec('PRAGMA journal_mode = WAL');
        database.exec('PRAGMA synchronous = NORMAL');
        database.exec(SCHEMA);
        return journalOf(database, file, clock);
      },
    );
  });
}

function journalOf(database: Database.Database, file: string, clock: Clock): Journal {
  const insert = database.prepare('INSERT INTO events (at, kind, trial, part, event) VALUES (?, ?, ?, ?, ?)');
  const store = database.prepare(
    'INSERT OR REPLACE INTO blobs (kind, trial, fidelity, bytes) VALUES (?, ?, ?, ?)',
  );
  const drop = database.prepare("DELETE FROM blobs WHERE kind = 'checkpoint' AND trial = ?");
  const write = (events: readonly JournalEvent[], blobs: readonly BlobEntry[]): void => {
    for (const event of events) {
      const { trial, part } = eventColumns(event);
      insert.run(clock.now(), event.kind, trial, part, JSON.stringify(event));
    }
    for (const { key, bytes } of blobs) {
      store.run(
        key.kind,
        key.trial,
        key.fidelity,
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      );
    }
  };
  return {
    ...readerOf(database, file),
    append: (events, blobs = []) => {
      // SQLite writes on into a file that was deleted, and nobody would ever see what it holds.
      if (file !== IN_MEMORY && !existsSync(file)) {
        throw new UserError({
          code: 'study',
          message: 'the journal is gone: the folder of the study was moved or deleted while it ran',
          place: { file },
        });
      }
      withDatabase(file, 'the journal', () => inTransaction(database, () => write(events, blobs)));
    },
    dropCheckpoints: (trials) => {
      withDatabase(file, 'the journal', () => {
        for (const trial of trials) drop.run(trial);
      });
    },
    close: () => {
      settle(database);
      database.close();
    },
  };
}

function inTransaction(database: Database.Database, body: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    body();
    database.exec('COMMIT');
  } catch (error) {
    // SQLite may have rolled back by itself (a full disk); the first error is the one to tell.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Brings the write-ahead log home, so that the journal is one file that can be read where nothing can be written. */
function settle(database: Database.Database): void {
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } catch {
    // A reader holds the journal, or the disk is full: the log stays beside the journal, and belongs to it as before.
  }
}
