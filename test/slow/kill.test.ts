import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { freshFolder, lossmith, start } from '../support/lossmith.js';

const KILLS = 20;

it(`the quickstart, killed ${KILLS} times at random moments and resumed each time, gives the same bytes`, async () => {
  const results = freshFolder();
  const file = 'experiments/quickstart.yaml';
  const bytes = (folder: string): readonly string[] =>
    ['trials.csv', 'leaderboard.csv'].map((name) => readFileSync(join(folder, name), 'utf8'));
  expect((await lossmith('search', file, '--results', join(results, '1'), '--quiet')).code).toBe(0);
  const folder = join(results, '2/quickstart');
  const random = stream('kill');
  let begun = start('search', file, '--results', join(results, '2'), '--quiet');
  for (let kill = 0; kill < KILLS; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 500 + 4000 * random.uniform()));
    begun.child.kill('SIGKILL');
    await begun.done;
    begun = existsSync(join(folder, 'study.db'))
      ? start('resume', folder, '--quiet')
      : start('search', file, '--results', join(results, '2'), '--quiet');
  }
  expect((await begun.done).code).toBe(0);
  expect(bytes(folder)).toEqual(bytes(join(results, '1/quickstart')));
  const journal = openJournal(join(folder, 'study.db'), { now: () => 0 });
  const events = journal.entries().map(({ event }) => event);
  journal.close();
  for (const kind of ['asked', 'told'] as const) {
    const trials = events.flatMap((event) => (event.kind === kind ? [event.trial] : []));
    expect(new Set(trials).size).toBe(trials.length);
  }
  expect(events.filter(({ kind }) => kind === 'told')).toHaveLength(
    events.filter(({ kind }) => kind === 'asked').length,
  );
});
