import { UserError } from '../core/errors.js';
import type { CsvTable } from './csv-table.js';

/** A column by its header text, or by its position: 0 is the first, −1 the last. */
export type ColumnReference = string | number;

/**
 * Position of a column.
 * @param option the option that names it, for the message.
 * @throws UserError `data` when there is no such column.
 */
export function findColumn(table: CsvTable, reference: ColumnReference, option: string): number {
  const { names, file, hasHeader } = table;
  const position =
    typeof reference === 'string'
      ? names.indexOf(reference)
      : reference < 0
        ? names.length + reference
        : reference;
  if (names[position] !== undefined) return position;
  const byName = typeof reference === 'string';
  const positions = `a position from 0 to ${names.length - 1}, or from -1 to -${names.length}`;
  const expected =
    byName && hasHeader
      ? `one of ${names.map((name) => JSON.stringify(name)).join(', ')}`
      : `${positions}${byName ? ' (the table has no header)' : ''}`;
  throw new UserError({
    code: 'data',
    message: `no such column in ${file}`,
    place: { path: option },
    found: JSON.stringify(reference),
    expected: `${expected}${delimiterHint(table)}`,
  });
}

/** What else may part the cells of a table that seems to have one column. */
function delimiterHint({ names }: CsvTable): string {
  const [only] = names;
  if (names.length !== 1 || only === undefined) return '';
  const inside = [';', '\t', '|', ','].find((delimiter) => only.includes(delimiter));
  return inside === undefined
    ? ''
    : ` (or "delimiter: ${JSON.stringify(inside)}", which is inside its only column)`;
}

/** Positions of several columns, none of them twice. */
export function findColumns(
  table: CsvTable,
  references: readonly ColumnReference[],
  option: string,
): ReadonlySet<number> {
  return new Set(references.map((reference) => findColumn(table, reference, option)));
}

/** A column as messages and notes call it. */
export function columnLabel({ names, hasHeader }: CsvTable, position: number): string {
  return hasHeader ? `column ${JSON.stringify(names[position])}` : `column ${position}`;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a cell holds in decimal notation and float32 range, or undefined. */
export function parseNumber(cell: string): number | undefined {
  if (!NUMBER.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isFinite(Math.fround(value)) ? value : undefined;
}

/** The number in a cell. @throws UserError `data` with its line and column when it holds none. */
export function numberAt(table: CsvTable, row: number, column: number, hint: string): number {
  const cell = table.rows[row]![column]!;
  const value = parseNumber(cell);
  if (value !== undefined) return value;
  throw new UserError({
    code: 'data',
    message: `no number in the numeric ${columnLabel(table, column)}`,
    place: table.place(row, column),
    found: JSON.stringify(cell),
    expected: hint,
  });
}
