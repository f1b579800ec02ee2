import type { Place } from '../core/errors.js';

/** How the text of a table is written. */
export interface CsvFormat {
  readonly delimiter: string;
  /** The character around quoted cells; inside them it is written twice. */
  readonly quote: string;
  /** Whether the first row holds the names of the columns. */
  readonly header: boolean;
}

/** A row as the parser gives it. */
export interface CsvRecord {
  readonly record: string[];
  /** `lines`: the line on which the record ends, 1-based. */
  readonly info: { readonly lines: number };
}

/** Line and column of a cell; the column only where the record stands on one line. */
export function cellPlace(
  text: string,
  file: string,
  format: CsvFormat,
  item: CsvRecord,
  cell: number,
): Place {
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
