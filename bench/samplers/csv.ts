import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** Six digits: more would be noise. Empty where a number is not finite. */
export const digits = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '';

/** The rows of a CSV that was written before; none where there is no such file. */
export function readCsv(folder: string, name: string): readonly Readonly<Record<string, string>>[] {
  const file = path.join(folder, `${name}.csv`);
  return existsSync(file) ? parse<Record<string, string>>(readFileSync(file), { columns: true }) : [];
}

/** Writes rows as CSV, the columns being the keys of the first one. */
export function writeCsv(
  folder: string,
  name: string,
  rows: readonly Readonly<Record<string, string | number>>[],
): void {
  if (rows.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const cells = rows.map((row) =>
    Object.values(row).map((cell) => (typeof cell === 'number' ? digits(cell) : cell)),
  );
  writeFileSync(
    path.join(folder, `${name}.csv`),
    stringify(cells, { header: true, columns: Object.keys(rows[0]!) }),
  );
}

type Row = Readonly<Record<string, string | number>>;

/**
 * New rows among those that a CSV holds already: in the place of the rows of the same sampler, where `group` is alike
 * too, or at the end of the group; samplers that did not run now stay as the file has them.
 */
export function withRecorded(
  recorded: readonly Row[],
  rows: readonly Row[],
  group: (row: Row) => unknown = () => undefined,
): readonly Row[] {
  const groups = [...new Set([...recorded, ...rows].map(group))];
  return groups.flatMap((one) => {
    const before = recorded.filter((row) => group(row) === one);
    const now = rows.filter((row) => group(row) === one);
    const samplers = [...new Set([...before, ...now].map((row) => row['sampler']))];
    return samplers.flatMap((sampler) => {
      const own = (row: Row): boolean => row['sampler'] === sampler;
      return now.some(own) ? now.filter(own) : before.filter(own);
    });
  });
}
