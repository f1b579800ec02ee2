import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../core/clock.js';
import { UserError } from '../core/errors.js';
import { JOURNAL_FORMAT } from '../journal/journal-event.js';
import type { Journal } from '../journal/journal.js';
import { openJournal } from '../journal/sqlite-journal.js';
import { lockStudy } from '../journal/study-lock.js';
import { provenanceFromJson, provenanceToJson, type Provenance } from './provenance.js';

export const JOURNAL_FILE = 'study.db';
const LOCK_FILE = 'study.lock';

export interface OpenStudy {
  readonly folder: string;
  readonly journal: Journal;
  readonly provenance: Provenance;
  close(): void;
}

/**
 * Makes the folder of a new study and its journal. A study of the same name that is there already is kept: it is
 * moved aside.
 * @returns the study, and where the former one went.
 * @throws UserError `study` when a process still runs the former one, or the folder cannot be made.
 */
export function createStudy(
  folder: string,
  provenance: Provenance,
  clock: Clock,
): OpenStudy & { readonly movedTo?: string } {
  const movedTo = existsSync(folder) && readdirSync(folder).length > 0 ? moveAside(folder) : undefined;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new UserError({
      code: 'study',
      message: `the folder cannot be made (${code})`,
      place: { file: folder },
    });
  }
  const unlock = lockStudy(join(folder, LOCK_FILE), folder);
  const journal = openJournal(join(folder, JOURNAL_FILE), clock);
  journal.append([
    { kind: 'study', format: JOURNAL_FORMAT, data: provenanceToJson(provenance) },
    { kind: 'session', change: 'started', data: {} },
  ]);
  return {
    folder,
    journal,
    provenance,
    close: closer(journal, unlock),
    ...(movedTo === undefined ? {} : { movedTo }),
  };
}

/**
 * Opens a study in order to go on with it; no other process can while it is open.
 * @throws UserError `study` where the folder holds no study or another process runs it.
 */
export function resumeStudy(folder: string, clock: Clock): OpenStudy {
  requireJournal(folder);
  const unlock = lockStudy(join(folder, LOCK_FILE), folder);
  const journal = openJournal(join(folder, JOURNAL_FILE), clock);
  return { folder, journal, provenance: readProvenance(journal, folder), close: closer(journal, unlock) };
}

/** Opens a study in order to read it; it may be running. */
export function readStudy(folder: string, clock: Clock): OpenStudy {
  requireJournal(folder);
  const journal = openJournal(join(folder, JOURNAL_FILE), clock);
  return { folder, journal, provenance: readProvenance(journal, folder), close: () => journal.close() };
}

function closer(journal: Journal, unlock: () => void): () => void {
  return () => {
    journal.close();
    unlock();
  };
}

function requireJournal(folder: string): void {
  if (existsSync(join(folder, JOURNAL_FILE))) return;
  throw new UserError({
    code: 'study',
    message: existsSync(folder) ? `no study: the folder holds no ${JOURNAL_FILE}` : 'no such folder',
    place: { file: folder },
  });
}

function readProvenance(journal: Journal, folder: string): Provenance {
  const first = journal.entries()[0]?.event;
  if (first?.kind !== 'study') {
    throw new UserError({ code: 'study', message: 'the journal is empty', place: { file: folder } });
  }
  if (first.format !== JOURNAL_FORMAT) {
    throw new UserError({
      code: 'study',
      message: 'the journal has another format',
      place: { file: folder },
      found: String(first.format),
      expected: String(JOURNAL_FORMAT),
    });
  }
  return provenanceFromJson(first.data);
}

/** Renames the folder to the first free `<name>.previous-<n>` beside it. */
function moveAside(folder: string): string {
  if (existsSync(join(folder, JOURNAL_FILE))) lockStudy(join(folder, LOCK_FILE), folder)();
  for (let count = 1; ; count++) {
    const target = join(dirname(folder), `${basename(folder)}.previous-${count}`);
    if (existsSync(target)) continue;
    renameSync(folder, target);
    return target;
  }
}
