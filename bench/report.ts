import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';

/** One measurement: the median over the rounds. */
export interface BenchRow {
  /** Rows of one group are comparable: ratios are to the first. */
  readonly group: string;
  readonly name: string;
  readonly microseconds: number;
}

const folder = fileURLToPath(new URL('../results/reference/bench/', import.meta.url));

/** Writes a bench as CSV and prints it as a Markdown table, with ratios to the first row of each group. */
export function report(name: string, rows: readonly BenchRow[]): void {
  const first = new Map<string, number>();
  const listed = rows.map((row) => {
    const base = first.get(row.group) ?? row.microseconds;
    first.set(row.group, base);
    return { ...row, times: base / row.microseconds };
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${folder}${name}.csv`,
    stringify(
      listed.map(({ group, name: what, microseconds, times }) => [
        group,
        what,
        microseconds.toFixed(1),
        times.toFixed(2),
      ]),
      { header: true, columns: ['group', 'what', 'microseconds', 'times_as_fast_as_the_first'] },
    ),
  );
  const lines = listed.map(
    ({ group, name: what, microseconds, times }) =>
      `| ${group} | ${what} | ${microseconds.toFixed(1)} | ${times.toFixed(2)} |`,
  );
  process.stdout.write(
    `\n| group | what | µs per member and step | times as fast as the first |\n|---|---|---|---|\n${lines.join('\n')}\n`,
  );
}
