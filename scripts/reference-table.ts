/** What a study found, for the table of the reference leaderboards. */
export interface ReferenceRow {
  readonly experiment: string;
  /** The verdict's sentence as it stands in the journal. */
  readonly verdict: string;
  /** The found loss in one line; empty where there is none. */
  readonly found: string;
}

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** What the verdict says of the plain loss; the other comparisons stand in the leaderboard. */
const claim = (verdict: string): string => verdict.split('; ')[0]!.replace(/\.$/, '');

const lineOf = ({ experiment, verdict, found }: ReferenceRow): string =>
  `| \`${experiment}\` | ${cell(claim(verdict))} | ${cell(found)} |`;

/**
 * The text with these rows in its table, in the place of the former ones of the same experiments; new ones last. All
 * else is left as it is.
 * @throws Error where the text has no table of experiments
 */
export function withReferenceRows(text: string, rows: readonly ReferenceRow[]): string {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith('| experiment |'));
  if (head < 0) throw new Error('there is no table of experiments');
  for (const row of rows) {
    const place = lines.findIndex((line) => line.startsWith(`| \`${row.experiment}\` |`));
    if (place >= 0) {
      lines[place] = lineOf(row);
      continue;
    }
    const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
    lines.splice(end < 0 ? lines.length : end, 0, lineOf(row));
  }
  return lines.join('\n');
}
