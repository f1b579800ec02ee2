import { parse } from 'csv-parse/sync';
import { UserError, type Place } from '../core/errors.js';
import { cellPlace, type CsvFormat, type CsvRecord } from './csv-place.js';

export type { CsvFormat } from './csv-place.js';

/** A table of text cells; every row has one cell per column. */
export interface CsvTable {
  readonly file: string;
  /** Header text, or the position from 0 where there is no header. */
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  readonly rows: readonly (readonly string[])[];
  /** Where a cell stands in the file. */
  place(row: number, column: number): Place;
}

/** The same table with some of its rows, in the order given. */
export function selectRows(table: CsvTable, rows: ArrayLike<number>): CsvTable {
  return {
    ...table,
    rows: Array.from(rows, (row) => table.rows[row]!),
    place: (row, column) => table.place(rows[row]!, column),
  };
}

/**
 * Parses comma-separated text (RFC 4180 with any delimiter and quote character). White space around cells, empty
 * lines and a byte order mark are ignored.
 * @throws UserError `data` with line and column: not UTF-8, no rows, rows of unequal length, unbalanced quotes,
 * a header with a name twice.
 */
export function parseCsv(bytes: Uint8Array, file: string, format: CsvFormat): CsvTable {
  const text = decode(bytes, file);
  const records = parseRecords(text, file, format);
  const first = records[0];
  const body = format.header ? records.slice(1) : records;
  if (first === undefined || body.length === 0) {
    throw new UserError({
      code: 'data',
      message: 'the table is empty',
      place: { file, line: 1, column: 1 },
      found: format.header && first !== undefined ? 'a header only' : 'no rows',
      expected: 'at least one row of data',
    });
  }
  const width = first.record.length;
  const locate = (item: CsvRecord, column: number): Place => cellPlace(text, file, format, item, column);
  for (const item of body) {
    if (item.record.length === width) continue;
    throw new UserError({
      code: 'data',
      message: 'a row has another number of cells than the first row',
      place: locate(item, Math.min(width, item.record.length - 1)),
      found: `${item.record.length} cells`,
      expected: `${width} cells`,
    });
  }
  const names = format.header ? first.record : first.record.map((_, index) => String(index));
  const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
  if (repeated >= 0) {
    throw new UserError({
      code: 'data',
      message: 'two columns have the same name',
      place: locate(first, repeated),
      found: JSON.stringify(names[repeated]),
      expected: 'a different name for each column (header: false when there is no header)',
    });
  }
  return {
    file,
    names,
    hasHeader: format.header,
    rows: body.map((item) => item.record),
    place: (row, column) => locate(body[row]!, column),
  };
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError({
      code: 'data',
      message: 'the table is not text in UTF-8',
      place: { file },
      expected: 'UTF-8 text, or gzip of it',
    });
  }
}

/** Line of the last quote that opens a cell, counted from 1: where a quote that never closes begins. */
function lastOpeningQuote(text: string, quote: string): number {
  let line = 1;
  let opening = 1;
  let inside = false;
  for (const character of text) {
    if (character === '\n') line++;
    if (character !== quote) continue;
    inside = !inside;
    if (inside) opening = line;
  }
  return opening;
}

function parseRecords(text: string, file: string, { delimiter, quote }: CsvFormat): CsvRecord[] {
  try {
    return parse(text, {
      delimiter,
      quote,
      escape: quote,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    // The parser's own faults (quotes that do not balance) carry the line; anything else is a bug.
    if (!(error instanceof Error) || !('lines' in error) || typeof error.lines !== 'number') throw error;
    // Of a quote that never closes the parser knows the end of the file alone.
    const open = 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED';
    throw new UserError({
      code: 'data',
      message: 'the quotes of a cell do not balance',
      place: { file, line: open ? lastOpeningQuote(text, quote) : error.lines },
      found: open ? 'a quote that opens a cell and is never closed' : error.message,
      expected: `cells in ${quote} … ${quote}, or without any ${quote}`,
    });
  }
}
