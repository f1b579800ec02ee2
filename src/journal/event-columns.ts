import type { EventKey } from './journal.js';
import type { JournalEvent } from './journal-event.js';

/** What makes an event unique beside its kind: the columns of its index. */
export interface EventColumns {
  /** −1 for an event about no trial that happens once; null, which equals nothing in an index, for one that repeats. */
  readonly trial: number | null;
  readonly part: string | null;
}

export function eventColumns(key: EventKey | JournalEvent): EventColumns {
  switch (key.kind) {
    case 'asked':
    case 'probed':
    case 'told':
      return { trial: key.trial, part: '' };
    case 'trained':
      return { trial: key.trial, part: String(key.fidelity) };
    case 'study':
    case 'verdict':
      return { trial: -1, part: '' };
    case 'stage':
      return { trial: -1, part: key.stage };
    case 'session':
      return { trial: null, part: null };
  }
}
