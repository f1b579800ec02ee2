import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock.js';
import { UserError } from '../core/errors.js';
import { orClose } from '../core/or-close.js';
import { JOURNAL_FORMAT } from '../journal/journal-event.js';
import type { Journal, JournalReader } from '../journal/journal.js';
import { readJournal } from '../journal/read-journal.js';
import { openJournal } from '../journal/sqlite-journal.js';
import { lockStudy } from '../journal/study-lock.js';
import { checkSameStudy } from './check-same-study.js';
import { makeFolder } from './make-folder.js';
import { moveFormerAside } from './move-former-aside.js';
import { provenanceFromJson, provenanceToJson, type Provenance } from './provenance.js';
import { JOURNAL_FILE, LOCK_FILE } from './study-folder.js';

/** A study that is read alone. */
export interface StudyReader {
  readonly folder: string;
  readonly journal: JournalReader;
  readonly provenance: Provenance;
  close(): void;
}

export interface OpenStudy extends StudyReader {
  readonly journal: Journal;
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
  const movedTo = moveFormerAside(folder);
  makeFolder(folder);
  const open = openLocked(folder, clock);
  return orClose(open.close, () => {
    open.journal.append([
      { kind: 'study', format: JOURNAL_FORMAT, data: provenanceToJson(provenance) },
      { kind: 'session', change: 'started', data: {} },
    ]);
    return { folder, provenance, ...open, ...(movedTo === undefined ? {} : { movedTo }) };
  });
}

/**
 * Opens a study in order to go on with it; no other process can while it is open.
 * @throws UserError `study` where the folder holds no study or files of another one, or another process runs it.
 */
export function resumeStudy(folder: string, clock: Clock): OpenStudy {
  requireJournal(folder);
  const open = openLocked(folder, clock);
  return orClose(open.close, () => {
    const provenance = readProvenance(open.journal, folder);
    checkSameStudy(folder, provenance);
    return { folder, provenance, ...open };
  });
}

/**
 * Opens a study in order to read it; it may be running, or in a folder that cannot be written.
 * @throws UserError `study` where the folder holds no study.
 */
export function readStudy(folder: string): StudyReader {
  requireJournal(folder);
  const journal = readJournal(join(folder, JOURNAL_FILE));
  const close = (): void => journal.close();
  return orClose(close, () => ({ folder, journal, provenance: readProvenance(journal, folder), close }));
}

/** The journal, for this process alone. */
function openLocked(folder: string, clock: Clock): { readonly journal: Journal; close(): void } {
  const unlock = lockStudy(join(folder, LOCK_FILE), folder);
  return orClose(unlock, () => {
    const journal = openJournal(join(folder, JOURNAL_FILE), clock);
    const close = (): void => {
      journal.close();
      unlock();
    };
    return { journal, close };
  });
}

function requireJournal(folder: string): void {
  if (existsSync(join(folder, JOURNAL_FILE))) return;
  throw new UserError({
    code: 'study',
    message: existsSync(folder) ? `no study: the folder holds no ${JOURNAL_FILE}` : 'no such folder',
    place: { file: folder },
  });
}

function readProvenance(journal: JournalReader, folder: string): Provenance {
  const first = journal.event({ kind: 'study' });
  if (first === undefined) {
    throw new UserError({
      code: 'study',
      message: 'the journal is empty: nothing was begun',
      place: { file: folder },
      expected: 'a new search',
    });
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
