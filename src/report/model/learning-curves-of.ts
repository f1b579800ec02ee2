import type { LeaderboardRow as BoardRow } from '../../export/leaderboard-row.js';
import type { TrialRecord } from '../../study/trial-record.js';
import type { LearningCurve } from '../report-model.js';

/** The curve of the first test seed of each finalist that trained, in the order of the leaderboard. */
export function learningCurvesOf(
  board: readonly BoardRow[],
  records: readonly TrialRecord[],
): readonly LearningCurve[] {
  return board.flatMap(({ arm, candidateHash }) => {
    const first = records.find(
      (record) =>
        record.stage === 'test' &&
        record.arm === arm &&
        record.candidateHash === candidateHash &&
        record.outcome.state === 'completed',
    );
    return first?.outcome.state === 'completed' ? [{ name: arm, points: first.outcome.curve }] : [];
  });
}
