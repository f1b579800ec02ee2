import { UserError } from '../core/errors.js';
import { byText } from '../core/order.js';
import { columnLabel } from './columns.js';
import type { CsvTable } from './csv-table.js';
import { dropped, type EncodedColumn, type EncodingOptions, type InputColumn } from './encoded-column.js';

/**
 * One 0/1 input per category of the train rows in the order of their text, missing values last; a category that the
 * train rows do not have is all zeros.
 * @throws UserError `data` for too many categories.
 */
export function encodeCategorical(
  table: CsvTable,
  train: Int32Array,
  { position }: InputColumn,
  { missing, maxCategories }: EncodingOptions,
): EncodedColumn {
  const label = columnLabel(table, position);
  // undefined stands for a missing value.
  const categoryOf = (row: number): string | undefined => {
    const cell = table.rows[row]![position]!;
    return missing.includes(cell) ? undefined : cell;
  };
  const seen = new Set(Array.from(train, categoryOf));
  const named = [...seen].filter((category) => category !== undefined).sort(byText);
  const categories: readonly (string | undefined)[] = seen.has(undefined) ? [...named, undefined] : named;
  if (categories.length > maxCategories) {
    throw new UserError({
      code: 'data',
      message: `the categorical ${label} has too many categories`,
      place: { file: table.file },
      found: `${categories.length} categories in the train part`,
      expected: `at most ${maxCategories} (raise "maxCategories", or list the column in "ignore" or "numeric")`,
    });
  }
  if (categories.length < 2) return dropped(label, 'is constant over the train part');
  const indexOf = new Map(categories.map((category, index) => [category, index]));
  const inputs = categories.map(() => new Float32Array(table.rows.length));
  let unseen = 0;
  for (let row = 0; row < table.rows.length; row++) {
    const index = indexOf.get(categoryOf(row));
    if (index === undefined) unseen++;
    else inputs[index]![row] = 1;
  }
  return {
    inputs,
    notes: unseen === 0 ? [] : [`${label}: ${unseen} rows with a category not in the train part`],
  };
}
