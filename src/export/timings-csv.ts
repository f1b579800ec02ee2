import { stringify } from 'csv-stringify/sync';
import type { JournalEntry } from '../journal/journal.js';
import { csvNumber } from './csv-number.js';

/** timings.csv: wall time of each piece of work, in the order in which it ended. Differs from run to run. */
export function timingsCsv(entries: readonly JournalEntry[]): string {
  const rows = entries.flatMap(({ at, event }) => {
    if (event.kind !== 'probed' && event.kind !== 'trained') return [];
    const fidelity = event.kind === 'trained' ? event.fidelity : undefined;
    return [
      [event.trial, event.kind, csvNumber(fidelity), csvNumber(event.durationMs), new Date(at).toISOString()],
    ];
  });
  return stringify([['trial', 'work', 'fidelity', 'milliseconds', 'ended_at'], ...rows]);
}
