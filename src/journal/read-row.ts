import { UserError } from '../core/errors.js';
import type { EventKey, JournalEntry } from './journal.js';
import type { JournalEvent } from './journal-event.js';

/**
 * An event as it is read. Every column is cast: SQLite keeps what a damaged file says, of whatever type, and the library
 * ends the process at a text that is not UTF-8.
 */
export const EVENT_COLUMNS = 'id, CAST(at AS REAL) AS at, CAST(event AS BLOB) AS event';

export interface EventRow {
  readonly id: number;
  readonly at: number;
  readonly event: ArrayBuffer | null;
}

const TRIAL_KINDS = ['asked', 'probed', 'trained', 'told'] as const;

/** The key of an event about a trial as it is read; see {@link EVENT_COLUMNS}. Null for a kind that there is not. */
export const KEY_COLUMNS = `CASE WHEN kind IN (${TRIAL_KINDS.map((kind) => `'${kind}'`).join(', ')}) THEN kind END AS kind,
  CAST(trial AS INTEGER) AS trial, CAST(part AS REAL) AS part`;

export interface KeyRow {
  readonly kind: (typeof TRIAL_KINDS)[number] | null;
  readonly trial: number;
  /** The fidelity of what was trained. */
  readonly part: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws UserError `study` where the row holds no event: the file is damaged */
export function entryOf({ id, at, event }: EventRow, file: string): JournalEntry {
  const found = parsed(event);
  if (!isEvent(found)) throw damaged(file, `event ${id} is no JSON of an event`);
  return { id, at, event: found };
}

/** @throws UserError `study` where the row holds no key: the file is damaged */
export function keyOf(
  { kind, trial, part }: KeyRow,
  file: string,
): Extract<EventKey, { readonly trial: number }> {
  if (kind === null) throw damaged(file, `an event of trial ${trial} of no kind`);
  return kind === 'trained' ? { kind, trial, fidelity: part } : { kind, trial };
}

const damaged = (file: string, found: string): UserError =>
  new UserError({ code: 'study', message: 'the journal is damaged', place: { file }, found });

function parsed(bytes: ArrayBuffer | null): unknown {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

const isEvent = (value: unknown): value is JournalEvent =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
