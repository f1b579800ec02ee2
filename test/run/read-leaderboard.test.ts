import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLeaderboard } from '../../src/run/studies.js';
import { ONE_WORKER, freshFolder, lossmith } from '../support/lossmith.js';

const experiment = (name: string, metric: string, seed: number): string => `name: ${name}
task: { name: mixture, size: 400 }
seed: ${seed}
metrics: [${metric}]
space: focal-gamma
training: { steps: 6, batchSize: 16, evaluations: 2 }
search: { trials: 2 }
controls: { random: false, textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
`;

it('ranks studies of one split and metric together, and no others', async () => {
  const folder = freshFolder();
  for (const [name, metric, seed] of [
    ['one', 'auroc', 1],
    ['two', 'auroc', 2],
    ['three', 'log-loss', 1],
  ] as const) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, experiment(name, metric, seed));
    expect((await lossmith('search', file, '--results', folder, '--quiet', ...ONE_WORKER)).code).toBe(0);
  }
  const of = (name: string): string => join(folder, name);
  const rows = readLeaderboard(of('one'), of('two'));
  expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index + 1));
  expect(new Set(rows.map(({ study }) => study))).toEqual(new Set(['one', 'two']));
  const means = rows.map(({ test }) => test.mean!);
  expect(means).toEqual([...means].sort((a, b) => b - a));
  expect(() => readLeaderboard(of('one'), of('three'))).toThrow(/one metric on one split/);
});
