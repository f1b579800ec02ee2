import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { ONE_WORKER, freshFolder, lossmith, start } from '../support/lossmith.js';

const experiment = (name: string, search: string): string => `name: ${name}
task: { name: mixture, size: 200 }
space: { name: one, parameters: { gamma: { type: float, low: 0, high: 5 } }, candidate: { loss: { name: focal, parameters: { gamma: $gamma } } } }
training: { steps: 12, batchSize: 16, evaluations: 3 }
search: ${search}
controls: { textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
statistics: { resamples: 200 }
`;

const bytes = (folder: string): readonly string[] =>
  ['trials.csv', 'leaderboard.csv'].map((name) => readFileSync(join(folder, name), 'utf8'));

it('a warm-started, stopped search with given points: the same bytes after kills, and without the earlier study', async () => {
  const folder = freshFolder();
  const write = (name: string, search: string): string => {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, experiment(name, search));
    return file;
  };
  const former = write('former', '{ trials: 4 }');
  expect((await lossmith('search', former, '--results', folder, '--quiet', ...ONE_WORKER)).code).toBe(0);
  const warm = write(
    'warm',
    '{ trials: 12, wave: 2, sampler: cma-es, startFrom: { study: former, top: 1 }, enqueue: [{ gamma: 2 }], stop: [{ name: trials, count: 5 }] }',
  );
  const whole = await lossmith('search', warm, '--results', join(folder, 'whole'), ...ONE_WORKER);
  expect(whole.code, whole.stderr).toBe(0);
  expect(whole.stdout).toContain(
    'The search ended after 6 of 12 trials by the rule "trials": 6 trials, 5 allowed.',
  );
  const reference = bytes(join(folder, 'whole/warm'));
  const rows = parse<Record<string, string>>(reference[0]!, { columns: true }).filter(
    ({ stage }) => stage === 'search',
  );
  const count = (arm: string): number => rows.filter((row) => row['arm'] === arm).length;
  expect([count('search'), count('random'), count('plain')]).toEqual([6, 6, 12]);
  expect(rows.find(({ arm }) => arm === 'search')!['candidate']).toContain('"gamma":2');

  const killed = join(folder, 'killed/warm');
  const random = stream('kill', 'warm');
  let begun = start('search', warm, '--results', join(folder, 'killed'), '--quiet');
  while (!existsSync(join(killed, 'study.db'))) await new Promise((resolve) => setTimeout(resolve, 20));
  // From here on the journal has all of it.
  await new Promise((resolve) => setTimeout(resolve, 300));
  renameSync(join(folder, 'former'), join(folder, 'gone'));
  for (let kill = 0; kill < 2; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 1200 * random.uniform()));
    begun.child.kill('SIGKILL');
    await begun.done;
    begun = start('resume', killed, '--quiet');
  }
  const last = await begun.done;
  expect(last.stderr).not.toMatch(/a bug/);
  expect(last.code, last.stderr).toBe(0);
  expect(bytes(killed)).toEqual(reference);

  expect((await lossmith('report', killed)).code).toBe(0);
  const report = readFileSync(join(killed, 'report.html'), 'utf8');
  expect(report).toContain('The search was warm-started from the study &quot;former&quot;');
  expect(report).toContain('1 point of the experiment file came first in the search.');
  expect(report).toContain('by the rule &quot;trials&quot;: 6 trials, 5 allowed.');
  expect(report).toContain('Which parameters mattered');
  // The experiment as it was run can be run again, without the earlier study.
  const options = ['--results', join(folder, 'again'), '--quiet', ...ONE_WORKER];
  const again = await lossmith('search', join(killed, 'experiment.yaml'), ...options);
  expect(again.code, again.stderr).toBe(0);
  expect(bytes(join(folder, 'again/warm'))).toEqual(reference);
  const gone = await lossmith('search', warm, '--results', join(folder, 'late'), '--quiet', ...ONE_WORKER);
  expect(gone.code).toBe(2);
  expect(gone.stderr).toMatch(
    /^lossmith: .*warm\.yaml:5:\d+: search\.startFrom\.study: no such folder .*\n$/,
  );
  expect(existsSync(join(folder, 'late'))).toBe(false);
});
