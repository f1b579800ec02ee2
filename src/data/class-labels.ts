import { UserError } from '../core/errors.js';
import { byText } from '../core/order.js';
import { parseNumber } from './columns.js';
import type { CsvTable } from './csv-table.js';

/** Classes of the rows of a table. */
export interface ClassLabels {
  /** Class number of each row. */
  readonly labels: Int32Array;
  /** Text of each class, by number. */
  readonly names: readonly string[];
}

/**
 * Numbers the classes of a column. With a `positive` label the task is that label (1) against all others (0). Two
 * labels: the rarer is 1, on a tie the later. More: in the order of their value when all are numbers, else of
 * their text.
 * @throws UserError `data` when there is one label only, too many, or no row with the positive one.
 */
export function classLabels(
  table: CsvTable,
  column: number,
  { positive, maxCategories }: { readonly positive?: string | undefined; readonly maxCategories: number },
): ClassLabels {
  const texts = table.rows.map((cells) => cells[column]!);
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const known = [...counts.keys()];
  const ordered = known.every((text) => parseNumber(text) !== undefined)
    ? known.sort((a, b) => Number(a) - Number(b) || byText(a, b))
    : known.sort(byText);
  const fault = (message: string, found: string, expected: string): UserError =>
    new UserError({ code: 'data', message, place: table.place(0, column), found, expected });
  if (positive !== undefined && !counts.has(positive)) {
    throw fault('no row has the positive label', JSON.stringify(positive), `one of ${listed(ordered)}`);
  }
  if (ordered.length < 2) {
    throw fault('the target has one class only', listed(ordered), 'at least two classes');
  }
  if (positive === undefined && ordered.length > maxCategories) {
    throw fault(
      'the target has too many classes',
      `${ordered.length} different labels`,
      `at most ${maxCategories} (csv-regression for numbers, or a larger "maxCategories")`,
    );
  }
  if (positive === undefined && ordered.length > 2) {
    const numberOf = new Map(ordered.map((text, index) => [text, index]));
    return { labels: Int32Array.from(texts, (text) => numberOf.get(text)!), names: ordered };
  }
  const [first, second] = ordered as [string, string];
  const one = positive ?? (counts.get(first)! < counts.get(second)! ? first : second);
  const others = ordered.filter((text) => text !== one);
  return {
    labels: Int32Array.from(texts, (text) => (text === one ? 1 : 0)),
    names: [others.length === 1 ? others[0]! : `not ${one}`, one],
  };
}

const listed = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ');
