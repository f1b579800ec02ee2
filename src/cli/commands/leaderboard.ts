import { existsSync, realpathSync } from 'node:fs';
import { buildLeaderboard } from '../../export/build-leaderboard.js';
import { leaderboardCsv } from '../../export/leaderboard-csv.js';
import type { LeaderboardRow } from '../../export/leaderboard-row.js';
import { readFacts } from '../../study/read-facts.js';
import type { StudyFacts } from '../../study/study-facts.js';
import { leaderboardMarkdown, leaderboardTable } from '../leaderboard-text.js';

interface Board {
  readonly splitHash: string;
  readonly metric: string;
  readonly rows: readonly LeaderboardRow[];
}

/** Each folder once, whatever it is called. One that is absent is left to the reader's message. */
function distinct(folders: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const folder of folders) {
    const place = existsSync(folder) ? realpathSync(folder) : folder;
    if (!seen.has(place)) seen.set(place, folder);
  }
  return [...seen.values()];
}

/** `lossmith leaderboard DIR...`: one table for each split and metric, in the order of the folders. */
export async function leaderboardCommand(
  folders: readonly string[],
  format: 'table' | 'csv' | 'json' | 'markdown',
): Promise<void> {
  const boards = group(distinct(folders).map(readFacts));
  process.stdout.write(render(boards, format));
}

/** Only scores of one metric on one split can be ranked together. */
function group(studies: readonly StudyFacts[]): readonly Board[] {
  const groups = new Map<string, StudyFacts[]>();
  for (const facts of studies) {
    const { splitHash, experiment } = facts.provenance;
    const key = `${splitHash} ${experiment.metrics[0]!.key}`;
    groups.set(key, [...(groups.get(key) ?? []), facts]);
  }
  return [...groups.values()].map((together) => {
    const { splitHash, experiment } = together[0]!.provenance;
    return { splitHash, metric: experiment.metrics[0]!.key, rows: buildLeaderboard(together) };
  });
}

function render(boards: readonly Board[], format: 'table' | 'csv' | 'json' | 'markdown'): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(boards, undefined, 2)}\n`;
    case 'csv':
      return leaderboardCsv(boards.flatMap(({ rows }) => rows));
    case 'table':
      return boards
        .map(({ splitHash, metric, rows }) => `${metric}, split ${splitHash}\n\n${tableOf(rows)}\n`)
        .join('\n');
    case 'markdown':
      return boards
        .map(
          ({ splitHash, metric, rows }) =>
            `**${metric}**, split \`${splitHash}\`\n\n${leaderboardMarkdown(rows)}\n`,
        )
        .join('\n');
  }
}

const tableOf = (rows: readonly LeaderboardRow[]): string =>
  rows.length === 0
    ? 'no candidate has reached the selection stage yet'
    : leaderboardTable(rows, process.stdout.columns);
