import type { LeaderboardRow as BoardRow } from '../../export/leaderboard-row.js';
import type { TrialRecord } from '../../study/trial-record.js';
import type { LearningCurve } from '../report-model.js';
import { firstTestRun } from './first-test-run.js';

/** The curve of the first test seed of each finalist that trained, in the order of the leaderboard. */
export function learningCurvesOf(
  board: readonly BoardRow[],
  records: readonly TrialRecord[],
): readonly LearningCurve[] {
  return board.flatMap((row) => {
    const points = firstTestRun(records, row);
    return points === undefined ? [] : [{ name: row.arm, points }];
  });
}
