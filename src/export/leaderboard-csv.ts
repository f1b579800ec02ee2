import { stringify } from 'csv-stringify/sync';
import { canonicalJson } from '../core/json.js';
import { csvNumber } from './csv-number.js';
import { furtherColumns, type FurtherColumn } from './further-columns.js';
import type { LeaderboardRow } from './leaderboard-row.js';

const columns = (further: readonly FurtherColumn[]): readonly string[] => [
  ...['rank', 'study', 'arm', 'loss', 'candidate_hash', 'metric'],
  ...['test_mean', 'test_sd', 'test_n', 'test_failed'],
  ...['gain', 'gain_low', 'gain_high', 'p_value', 'p_adjusted'],
  ...['selection_mean', 'selection_sd', 'selection_n', 'selection_failed'],
  ...further.map(({ name }) => name),
  ...['search_score', 'search_trial', 'seed', 'experiment_hash', 'split_hash'],
  ...['engine', 'backend', 'version', 'candidate'],
];

/**
 * leaderboard.csv: fixed columns, numbers in shortest round-trip form, no wall time. `gain` is what the found loss gains
 * over the row's candidate: positive where it is better, whatever the direction of the metric. Where a study has several
 * objectives or constraints there are further columns: means of the other metrics, Pareto ranks, and whether the means
 * keep the constraints.
 */
export function leaderboardCsv(rows: readonly LeaderboardRow[]): string {
  const further = furtherColumns(rows);
  const lines = rows.map((row) => [
    ...[row.rank, row.study, row.arm, row.loss, row.candidateHash, row.metric],
    ...[csvNumber(row.test.mean), csvNumber(row.test.sd), row.test.n, row.test.failed],
    ...[csvNumber(row.comparison?.gain), csvNumber(row.comparison?.interval[0])],
    ...[csvNumber(row.comparison?.interval[1]), csvNumber(row.comparison?.pValue)],
    csvNumber(row.comparison?.adjustedPValue),
    ...[csvNumber(row.selection.mean), csvNumber(row.selection.sd), row.selection.n, row.selection.failed],
    ...further.map(({ cell }) => cell(row)),
    ...[
      csvNumber(row.search?.score),
      csvNumber(row.search?.trial),
      row.seed,
      row.experimentHash,
      row.splitHash,
    ],
    ...[row.engine, row.backend, row.version, canonicalJson(row.candidate)],
  ]);
  return stringify([columns(further), ...lines]);
}
