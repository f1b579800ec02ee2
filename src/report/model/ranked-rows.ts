import type { LeaderboardRow as BoardRow, StageScores } from '../../export/leaderboard-row.js';
import { SEARCH_ARM } from '../../study/arm.js';
import type { LeaderboardRow, StageScore } from '../report-model.js';

/**
 * The rows of a leaderboard as the report shows them.
 * @param winner hash of the found loss
 */
export function rankedRows(
  board: readonly BoardRow[],
  winner: string | undefined,
): readonly LeaderboardRow[] {
  return board.map((row) => {
    const search = row.search === undefined ? undefined : { mean: row.search.score, count: 1 };
    const selection = stageScore(row.selection);
    const test = stageScore(row.test);
    const found = row.arm === SEARCH_ARM && row.candidateHash === winner;
    return {
      rank: row.rank,
      role: found ? 'winner' : row.arm === SEARCH_ARM ? 'finalist' : 'control',
      name: row.arm,
      text: row.loss,
      hash: row.candidateHash,
      stages: {
        ...(search === undefined ? {} : { search }),
        ...(selection === undefined ? {} : { selection }),
        ...(test === undefined ? {} : { test }),
      },
    };
  });
}

function stageScore({ mean, sd, n }: StageScores): StageScore | undefined {
  if (mean === undefined) return undefined;
  return { mean, count: n, ...(sd === undefined ? {} : { standardDeviation: sd }) };
}
