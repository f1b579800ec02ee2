import { stringify } from 'csv-stringify/sync';
import { canonicalJson } from '../core/json.js';
import { csvNumber } from './csv-number.js';
import type { LeaderboardRow } from './leaderboard-row.js';

const COLUMNS = [
  ...['rank', 'study', 'arm', 'loss', 'candidate_hash', 'metric'],
  ...['test_mean', 'test_sd', 'test_n', 'test_failed'],
  ...['gain', 'gain_low', 'gain_high', 'p_value', 'p_adjusted'],
  ...['selection_mean', 'selection_sd', 'selection_n', 'selection_failed'],
  ...['search_score', 'search_trial', 'seed', 'experiment_hash', 'split_hash'],
  ...['engine', 'backend', 'version', 'candidate'],
];

/**
 * leaderboard.csv: fixed columns, numbers in shortest round-trip form, no wall time. `gain` is what the found loss gains
 * over the row's candidate: positive where it is better, whatever the direction of the metric.
 */
export function leaderboardCsv(rows: readonly LeaderboardRow[]): string {
  const lines = rows.map((row) => [
    ...[row.rank, row.study, row.arm, row.loss, row.candidateHash, row.metric],
    ...[csvNumber(row.test.mean), csvNumber(row.test.sd), row.test.n, row.test.failed],
    ...[csvNumber(row.comparison?.gain), csvNumber(row.comparison?.interval[0])],
    ...[csvNumber(row.comparison?.interval[1]), csvNumber(row.comparison?.pValue)],
    csvNumber(row.comparison?.adjustedPValue),
    ...[csvNumber(row.selection.mean), csvNumber(row.selection.sd), row.selection.n, row.selection.failed],
    ...[
      csvNumber(row.search?.score),
      csvNumber(row.search?.trial),
      row.seed,
      row.experimentHash,
      row.splitHash,
    ],
    ...[row.engine, row.backend, row.version, canonicalJson(row.candidate)],
  ]);
  return stringify([COLUMNS, ...lines]);
}
