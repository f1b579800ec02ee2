import { csvNumber } from './csv-number.js';
import type { LeaderboardRow } from './leaderboard-row.js';

export interface FurtherColumn {
  readonly name: string;
  cell(row: LeaderboardRow): string;
}

/** Keys of the further metrics of some rows, each once, in the order of the experiments. */
export function furtherKeys(rows: readonly LeaderboardRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ goals }) => Object.keys(goals?.means ?? {})))];
}

/**
 * Columns of leaderboard.csv for further objectives and constraints: none where no row has any. `feasible` is about
 * the means over the runs of a stage.
 */
export function furtherColumns(rows: readonly LeaderboardRow[]): readonly FurtherColumn[] {
  const stages = ['test', 'selection'] as const;
  const has = (part: 'rank' | 'feasible'): boolean =>
    rows.some(({ goals }) => stages.some((stage) => goals?.[stage]?.[part] !== undefined));
  const ranked = has('rank');
  const bounded = has('feasible');
  return stages.flatMap((stage) => [
    ...furtherKeys(rows).map((key) => ({
      name: `${stage}_${key}_mean`,
      cell: ({ goals }: LeaderboardRow) => csvNumber(goals?.means[key]?.[stage]),
    })),
    ...(ranked
      ? [
          {
            name: `${stage}_pareto_rank`,
            cell: ({ goals }: LeaderboardRow) => csvNumber(goals?.[stage]?.rank),
          },
        ]
      : []),
    ...(bounded
      ? [
          {
            name: `${stage}_feasible`,
            cell: ({ goals }: LeaderboardRow) => String(goals?.[stage]?.feasible ?? ''),
          },
        ]
      : []),
  ]);
}
