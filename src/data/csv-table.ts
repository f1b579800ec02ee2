import { parse } from 'csv-parse/sync';
import { UserError, type Place } from '../core/errors.js';

/** How the text of a table is written. */
export interface CsvFormat {
  readonly delimiter: string;
  /** The character around quoted cells; inside them it is written twice. */
  readonly quote: string;
  /** Whether the first row holds the names of the columns. */
  readonly header: boolean;
}

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

interface CsvRecord {
  readonly record: string[];
  /** `lines`: the line on which the record ends, 1-based. */
  readonly info: { readonly lines: number };
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
    throw new UserError({
      code: 'data',
      message: 'the quotes of a cell do not balance',
      place: { file, line: error.lines },
      found: error.message,
      expected: `cells in ${quote} … ${quote}, or without any ${quote}`,
    });
  }
}

/** Line and column of a cell; the column only where the record stands on one line. */
function cellPlace(text: string, file: string, format: CsvFormat, item: CsvRecord, cell: number): Place {
  const breaks = item.record.reduce((sum, value) => sum + value.split('\n').length - 1, 0);
  if (breaks > 0) return { file, line: item.info.lines - breaks };
  const line = text.split(/\r\n|\n|\r/)[item.info.lines - 1] ?? '';
  return { file, line: item.info.lines, column: cellStart(line, format, cell) + 1 };
}

/** Offset of the first character of a cell in a line: skips whole cells, then white space. */
function cellStart(line: string, { delimiter, quote }: CsvFormat, cell: number): number {
  const afterSpace = (offset: number): number => {
    // The delimiter itself may be white space (a tab).
    while (/\s/.test(line[offset] ?? '') && !line.startsWith(delimiter, offset)) offset++;
    return offset;
  };
  let offset = afterSpace(0);
  for (let skipped = 0; skipped < cell; skipped++) {
    if (line[offset] === quote) {
      offset++;
      while (offset < line.length && (line[offset] !== quote || line[offset + 1] === quote)) {
        offset += line[offset] === quote ? 2 : 1;
      }
    }
    const end = line.indexOf(delimiter, offset);
    if (end < 0) return offset;
    offset = afterSpace(end + delimiter.length);
  }
  return offset;
}
