import { expect, it } from 'vitest';
import { leaderboardMarkdown, leaderboardTable } from '../../src/cli/leaderboard-text.js';
import type { LeaderboardRow } from '../../src/export/leaderboard-row.js';
import { fewSeedsNote } from '../../src/study/few-seeds.js';

const row = (comparison: LeaderboardRow['comparison']): LeaderboardRow => ({
  ...{
    rank: 1,
    study: 's',
    arm: 'plain',
    loss: 'mse',
    candidateHash: 'c',
    candidate: { loss: { name: 'mse' } },
  },
  ...{ metric: 'rmse', test: { mean: 1, sd: 0.1, n: 3, failed: 0 }, comparison, search: undefined },
  selection: { mean: undefined, sd: undefined, n: 0, failed: 0 },
  ...{ seed: 1, experimentHash: 'e', splitHash: 's', engine: 'eager', backend: 'cpu', version: '0' },
});

it('says which numbers of a comparison are corrected, where there are any', () => {
  const compared = row({ gain: 0.1, interval: [0.02, 0.18], pValue: 0.04, adjustedPValue: 0.2 });
  for (const print of [leaderboardTable, leaderboardMarkdown]) {
    expect(print([compared])).toMatch(
      /\n\ninterval: of each comparison alone, not corrected; p \(Holm\): corrected/,
    );
    expect(print([row(undefined)])).not.toContain('corrected');
  }
});

it('says that few test seeds show next to nothing', () => {
  expect(fewSeedsNote({ test: { seeds: 2 } })).toMatch(/^2 test seeds show next to nothing/);
  expect(fewSeedsNote({ test: { seeds: 3 } })).toBeUndefined();
});
