import Database from 'libsql';
import type { Clock } from '../core/clock.js';
import { UserError } from '../core/errors.js';
import type { BlobKey, Journal, JournalEntry } from './journal.js';
import type { JournalEvent } from './journal-event.js';

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

/** What makes an event unique beside its kind and trial. */
function partOf(event: JournalEvent): string | null {
  switch (event.kind) {
    case 'trained':
      return String(event.fidelity);
    case 'asked':
    case 'probed':
    case 'told':
    case 'study':
    case 'verdict':
      return '';
    case 'stage':
      return event.stage;
    case 'session':
      return null;
  }
}

/** Events about no trial that happen once have trial −1, because NULLs are never equal in an index. */
function trialOf(event: JournalEvent): number | null {
  if ('trial' in event) return event.trial;
  return event.kind === 'session' ? null : -1;
}

/** The database's own failures (full disk, no permission, not a database) are the user's to mend. */
function explain(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const reasons: Readonly<Record<string, string>> = {
    SQLITE_FULL: 'the disk is full; what was completed is kept, free some space and resume',
    SQLITE_READONLY: 'the journal cannot be written',
    SQLITE_PERM: 'the journal cannot be written',
    SQLITE_IOERR: 'reading or writing the journal failed',
    SQLITE_NOTADB: 'the file is not a journal',
    SQLITE_CORRUPT: 'the journal is damaged',
    SQLITE_BUSY: 'another process holds the journal',
    SQLITE_CANTOPEN: 'the journal cannot be opened',
  };
  const known = Object.keys(reasons).find((key) => code.startsWith(key));
  const reason = known === undefined ? undefined : reasons[known];
  if (reason === undefined && !message.startsWith('ConnectionFailed')) return error;
  return new UserError({ code: 'study', message: reason ?? 'the journal cannot be opened', place: { file } });
}

function guarded<Result>(file: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw explain(error, file);
  }
}

interface EventRow {
  readonly id: number;
  readonly at: number;
  readonly event: string;
}

/**
 * Opens (and makes, where it is absent) the journal in an SQLite file. Write-ahead log with NORMAL
 * synchronisation: a killed process loses nothing that was appended.
 * @throws UserError `study` where the file is no journal, is damaged, or cannot be written.
 */
export function openJournal(file: string, clock: Clock): Journal {
  const database = guarded(file, () => {
    const opened = new Database(file, { timeout: 5000 });
    opened.exec('PRAGMA journal_mode = WAL');
    opened.exec('PRAGMA synchronous = NORMAL');
    opened.exec(SCHEMA);
    return opened;
  });
  const insert = database.prepare('INSERT INTO events (at, kind, trial, part, event) VALUES (?, ?, ?, ?, ?)');
  const store = database.prepare(
    'INSERT OR REPLACE INTO blobs (kind, trial, fidelity, bytes) VALUES (?, ?, ?, ?)',
  );
  const write = (
    events: readonly JournalEvent[],
    blobs: readonly { readonly key: BlobKey; readonly bytes: Uint8Array }[],
  ): void => {
    for (const event of events) {
      insert.run(clock.now(), event.kind, trialOf(event), partOf(event), JSON.stringify(event));
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
    entries: () =>
      guarded(file, () =>
        (database.prepare('SELECT id, at, event FROM events ORDER BY id').all() as EventRow[]).map(
          (row): JournalEntry => ({ id: row.id, at: row.at, event: JSON.parse(row.event) as JournalEvent }),
        ),
      ),
    append: (events, blobs = []) => {
      guarded(file, () => {
        database.exec('BEGIN IMMEDIATE');
        try {
          write(events, blobs);
          database.exec('COMMIT');
        } catch (error) {
          // SQLite may have rolled back by itself (a full disk); the first error is the one to tell.
          if (database.inTransaction) database.exec('ROLLBACK');
          throw error;
        }
      });
    },
    blob: (key) => {
      // `.all()`, because libsql's `.get()` adds a timing to the row; blobs come back as ArrayBuffer.
      const rows = guarded(file, () =>
        database
          .prepare('SELECT bytes FROM blobs WHERE kind = ? AND trial = ? AND fidelity = ?')
          .all(key.kind, key.trial, key.fidelity),
      ) as { bytes: ArrayBuffer }[];
      return rows[0] === undefined ? undefined : new Uint8Array(rows[0].bytes);
    },
    dropCheckpoints: (trials) => {
      guarded(file, () => {
        const drop = database.prepare("DELETE FROM blobs WHERE kind = 'checkpoint' AND trial = ?");
        for (const trial of trials) drop.run(trial);
      });
    },
    close: () => {
      database.close();
    },
  };
}
