import { importanceCsv } from '../../export/importance-csv.js';
import { readImportance, type StudyImportance } from '../../run/read-importance.js';
import { countText, numberText } from '../../statistics/number-text.js';
import { textTable } from '../text-table.js';

/** `lossmith importance DIR`. */
export async function importanceCommand(
  folder: string,
  evaluator: string,
  format: 'table' | 'csv' | 'json',
): Promise<void> {
  const found = await readImportance(folder, evaluator);
  process.stdout.write(render(found, format));
  // A CSV has no place for a sentence, and without rows it needs one.
  if (format === 'csv' && found.note !== undefined) process.stderr.write(`lossmith: ${found.note}\n`);
}

function render(found: StudyImportance, format: 'table' | 'csv' | 'json'): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(found, undefined, 2)}\n`;
    case 'csv':
      return importanceCsv(found.evaluator, found.rows);
    case 'table':
      return `${found.study}: importance by ${found.evaluator} from ${countText(found.trials, 'trial')}\n\n${tableOf(found)}\n`;
  }
}

function tableOf({ rows, note }: StudyImportance): string {
  if (rows.length === 0) return note ?? '';
  const text = (value: number | undefined): string => (value === undefined ? '' : numberText(value, 3));
  const header = ['rank', 'importance', 'share', 'noise', 'trials', 'entry', 'active when'];
  const cells = rows.map(({ rank, importance, share, noise, trials, entry, activeWhen }) => [
    ...[rank === undefined ? '' : String(rank), text(importance)],
    ...[share === undefined ? '' : `${(100 * share).toFixed(1)} %`, text(noise)],
    ...[String(trials), entry, activeWhen === '' ? 'always' : activeWhen],
  ]);
  const table = textTable(header, cells, process.stdout.columns);
  return note === undefined ? table : `${table}\n\n${note}`;
}
