import { furtherKeys } from '../export/further-columns.js';
import type { LeaderboardRow, StageScores } from '../export/leaderboard-row.js';
import { decimalsOf, fixedText, numberText, pValueText, signedText } from '../statistics/number-text.js';
import { textTable } from './text-table.js';

/** Columns before those of further goals, and the last one. */
const HEADER = ['rank', 'arm', 'test', 'gain over it', 'interval', 'p (Holm)', 'selection'];

/** The interval and the p-value of a row may seem to contradict each other: only one of them is corrected. */
const COMPARISONS_NOTE =
  'interval: of each comparison alone, not corrected; p (Holm): corrected for all comparisons of the study';

/** Columns of some rows, those of further objectives and constraints among them where there are any. */
function headerOf(rows: readonly LeaderboardRow[]): readonly string[] {
  const ranked = rows.some(({ goals }) => (goals?.test ?? goals?.selection)?.rank !== undefined);
  const bounded = rows.some(({ goals }) => (goals?.test ?? goals?.selection)?.feasible !== undefined);
  return [
    ...HEADER,
    ...furtherKeys(rows),
    ...(ranked ? ['front'] : []),
    ...(bounded ? ['feasible'] : []),
    'loss',
  ];
}

/** What a row reached in its further goals: on the test part, or in brackets on the selection part. */
function goalCells({ goals }: LeaderboardRow, header: readonly string[], keys: readonly string[]): string[] {
  const tested = goals?.test !== undefined;
  const stage = goals?.test ?? goals?.selection;
  const shown = (text: string): string => (tested || text === '' ? text : `(${text})`);
  const flag = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'yes' : 'no');
  return [
    ...keys.map((key) => {
      const mean = goals?.means[key]?.[tested ? 'test' : 'selection'];
      return shown(mean === undefined ? '' : fixedText(mean, 4));
    }),
    ...(header.includes('front') ? [shown(stage?.rank === undefined ? '' : String(stage.rank))] : []),
    ...(header.includes('feasible') ? [shown(flag(stage?.feasible))] : []),
  ];
}

function scores({ mean, sd, n, failed }: StageScores): string {
  if (mean === undefined) return failed === 0 ? '' : `${failed} failed`;
  const decimals = sd === undefined ? 4 : decimalsOf(sd);
  const spread = sd === undefined ? '' : ` ± ${fixedText(sd, decimals)}`;
  return `${fixedText(mean, decimals)}${spread} (${n}${failed === 0 ? '' : `, ${failed} failed`})`;
}

function cells(row: LeaderboardRow, header: readonly string[], keys: readonly string[]): readonly string[] {
  const { comparison } = row;
  const decimals =
    comparison === undefined ? 4 : decimalsOf((comparison.interval[1] - comparison.interval[0]) / 4);
  return [
    String(row.rank),
    row.arm,
    scores(row.test),
    comparison === undefined ? '' : signedText(comparison.gain, decimals),
    comparison === undefined
      ? ''
      : `${fixedText(comparison.interval[0], decimals)} to ${fixedText(comparison.interval[1], decimals)}`,
    comparison === undefined
      ? ''
      : pValueText(comparison.adjustedPValue).replace('p = ', '').replace('p < ', '<'),
    scores(row.selection),
    ...goalCells(row, header, keys),
    row.loss,
  ];
}

/** The learning rate that most rows have in common, if any do. */
function commonRate(rows: readonly LeaderboardRow[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { candidate } of rows) {
    const { learningRate } = candidate;
    if (learningRate !== undefined) counts.set(learningRate, (counts.get(learningRate) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] > 1 ? most[0] : undefined;
}

/**
 * The leaderboard for a terminal; scores are mean ± standard deviation (number of seeds). A learning rate that most
 * rows share is named once, below.
 * @param width of the terminal; left out where the output is none
 */
export function leaderboardTable(rows: readonly LeaderboardRow[], width?: number): string {
  const rate = commonRate(rows);
  const short = rows.map((row) =>
    rate !== undefined && row.candidate.learningRate === rate
      ? { ...row, loss: row.loss.replace(/; learning rate [^;]*$/, '') }
      : row,
  );
  const notes = [
    ...(rows.some(({ comparison }) => comparison !== undefined) ? [COMPARISONS_NOTE] : []),
    ...(rate === undefined ? [] : [`learning rate ${numberText(rate)} where none is shown`]),
  ];
  return [tableOf(short, width), ...(notes.length === 0 ? [] : [notes.join('\n')])].join('\n\n');
}

function tableOf(rows: readonly LeaderboardRow[], width?: number): string {
  const several = new Set(rows.map(({ study, seed }) => `${study}/${seed}`)).size > 1;
  const own = headerOf(rows);
  const keys = furtherKeys(rows);
  const header = several ? ['study', 'seed', ...own] : own;
  const table = rows.map((row) =>
    several ? [row.study, numberText(row.seed, 17), ...cells(row, own, keys)] : cells(row, own, keys),
  );
  return textTable(header, table, width);
}

/** The same as a table of GitHub-flavoured Markdown. */
export function leaderboardMarkdown(rows: readonly LeaderboardRow[]): string {
  const own = headerOf(rows);
  const keys = furtherKeys(rows);
  const table = markdownTable(
    ['study', 'seed', ...own],
    rows.map((row) => [row.study, String(row.seed), ...cells(row, own, keys)]),
  );
  return rows.some(({ comparison }) => comparison !== undefined) ? `${table}\n\n${COMPARISONS_NOTE}` : table;
}

/** A table of GitHub-flavoured Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const escape = (text: string): string => text.replace(/\|/g, '\\|');
  const line = (items: readonly string[]): string => `| ${items.map(escape).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
