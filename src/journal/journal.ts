import type { JournalEvent, StageEvent } from './journal-event.js';

/** What a blob holds and to which trial it belongs. */
export interface BlobKey {
  readonly kind: 'checkpoint' | 'predictions';
  readonly trial: number;
  readonly fidelity: number;
}

/** An event as it stands in the journal. */
export interface JournalEntry {
  /** 1, 2, …: the order in which events were written. */
  readonly id: number;
  /** Wall time in milliseconds since the epoch: for timings.csv and people, never for results. */
  readonly at: number;
  readonly event: JournalEvent;
}

/** What names an event of which there is one at most. */
export type EventKey =
  | { readonly kind: 'study' | 'verdict' }
  | { readonly kind: 'asked' | 'probed' | 'told'; readonly trial: number }
  | { readonly kind: 'trained'; readonly trial: number; readonly fidelity: number }
  | { readonly kind: 'stage'; readonly stage: StageEvent['stage'] };

/** Bytes to be kept. */
export interface BlobEntry {
  readonly key: BlobKey;
  readonly bytes: Uint8Array;
}

/** A journal that is read alone. */
export interface JournalReader {
  /** All events in the order in which they were written. */
  entries(): readonly JournalEntry[];
  /** Keys of the events about trials, in the order in which they were written; the events themselves are not read. */
  trialKeys(): Iterable<Extract<EventKey, { readonly trial: number }>>;
  /** The event of a key; undefined where there is none. */
  event<Key extends EventKey>(key: Key): Extract<JournalEvent, { kind: Key['kind'] }> | undefined;
  blob(key: BlobKey): Uint8Array | undefined;
  close(): void;
}

/**
 * The append-only record of a study; the only truth, everything else is derived from it. A handful of methods,
 * so that another driver can stand behind it.
 */
export interface Journal extends JournalReader {
  /**
   * Writes events in one transaction: all of them or none. An event about a trial that is there already
   * (same kind, trial, fidelity) is an error: no trial is recorded twice.
   */
  append(events: readonly JournalEvent[], blobs?: readonly BlobEntry[]): void;
  /** Drops checkpoints that no later rung needs. Blobs are a cache of work, not part of the record. */
  dropCheckpoints(trials: readonly number[]): void;
}
