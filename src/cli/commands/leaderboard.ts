import { existsSync, realpathSync } from 'node:fs';
import { buildLeaderboard } from '../../export/build-leaderboard.js';
import { leaderboardCsv } from '../../export/leaderboard-csv.js';
import type { LeaderboardRow } from '../../export/leaderboard-row.js';
import { searchFront } from '../../export/search-front.js';
import { countText } from '../../statistics/number-text.js';
import { readFacts } from '../../study/read-facts.js';
import type { StudyFacts } from '../../study/study-facts.js';
import { frontTable } from '../front-text.js';
import { leaderboardMarkdown, leaderboardTable, markdownTable } from '../leaderboard-text.js';
import { textTable } from '../text-table.js';

interface Board {
  readonly splitHash: string;
  readonly metric: string;
  readonly rows: readonly LeaderboardRow[];
  /** Pareto fronts of the searches for several objectives; absent where there are none. */
  readonly fronts?: readonly StudyFront[];
}

/** The front of one search on the validation part, as text. */
type StudyFront = ReturnType<typeof frontTable> & { readonly study: string; readonly seed: number };

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
    const fronts = together.flatMap(frontsOf);
    return {
      ...{ splitHash, metric: experiment.metrics[0]!.key, rows: buildLeaderboard(together) },
      ...(fronts.length === 0 ? {} : { fronts }),
    };
  });
}

function frontsOf(facts: StudyFacts): readonly StudyFront[] {
  const front = searchFront(facts);
  if (front === undefined) return [];
  const { name, seed } = facts.provenance.experiment;
  return [{ study: name, seed, ...frontTable(front) }];
}

const frontHeading = ({ study, seed, rows }: StudyFront): string =>
  `Pareto front of the search on the validation part: ${study}, seed ${seed}, ${countText(rows.length, 'candidate')}`;

function render(boards: readonly Board[], format: 'table' | 'csv' | 'json' | 'markdown'): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(boards, undefined, 2)}\n`;
    case 'csv':
      return leaderboardCsv(boards.flatMap(({ rows }) => rows));
    case 'table':
      return boards
        .map(({ splitHash, metric, rows, fronts = [] }) =>
          [
            `${metric}, split ${splitHash}\n\n${tableOf(rows)}\n`,
            ...fronts.map(
              (front) =>
                `${frontHeading(front)}\n\n${textTable(front.header, front.rows, process.stdout.columns)}\n`,
            ),
          ].join('\n'),
        )
        .join('\n');
    case 'markdown':
      return boards
        .map(({ splitHash, metric, rows, fronts = [] }) =>
          [
            `**${metric}**, split \`${splitHash}\`\n\n${leaderboardMarkdown(rows)}\n`,
            ...fronts.map(
              (front) => `${frontHeading(front)}\n\n${markdownTable(front.header, front.rows)}\n`,
            ),
          ].join('\n'),
        )
        .join('\n');
  }
}

const tableOf = (rows: readonly LeaderboardRow[]): string =>
  rows.length === 0
    ? 'no candidate has reached the selection stage yet'
    : leaderboardTable(rows, process.stdout.columns);
