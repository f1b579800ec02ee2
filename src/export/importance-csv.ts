import { stringify } from 'csv-stringify/sync';
import type { RankedImportance } from '../importance/parameter-importance.js';
import { csvNumber } from './csv-number.js';

/** The importances of a study as CSV: fixed columns, numbers in shortest round-trip form, empty where unknown. */
export function importanceCsv(evaluator: string, rows: readonly RankedImportance[]): string {
  const lines = rows.map((row) => [
    ...[
      csvNumber(row.rank),
      row.entry,
      csvNumber(row.importance),
      csvNumber(row.share),
      csvNumber(row.noise),
    ],
    ...[row.trials, row.activeWhen, evaluator],
  ]);
  return stringify([
    ['rank', 'entry', 'importance', 'share', 'noise', 'trials', 'active_when', 'evaluator'],
    ...lines,
  ]);
}
