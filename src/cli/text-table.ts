import { largest } from '../core/extremes.js';

/** Letters that the last column keeps, however narrow the terminal is. */
const NARROWEST = 16;

/**
 * Columns of equal width, left-aligned text and right-aligned numbers, two spaces between them.
 * @param width of the terminal: the last column is cut to fit. Left out: nothing is cut.
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const widths = header.map((title, column) =>
    largest([title.length, ...rows.map((row) => (row[column] ?? '').length)]),
  );
  const numeric = header.map((_, column) =>
    rows.every((row) => /^([-−+]?[\d.]+.*|)$/.test(row[column] ?? '')),
  );
  const last = header.length - 1;
  const before = widths.slice(0, last).reduce((sum, one) => sum + one + 2, 0);
  const room = Math.max(NARROWEST, width - before);
  const cut = (cell: string, column: number): string =>
    column === last && cell.length > room ? `${cell.slice(0, room - 1)}…` : cell;
  const line = (cells: readonly string[]): string =>
    cells
      .map(cut)
      .map((cell, column) =>
        numeric[column] === true ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}
