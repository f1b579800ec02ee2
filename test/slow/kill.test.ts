import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { freshFolder, lossmith, start } from '../support/lossmith.js';

const KILLS = 20;
const FILE = 'experiments/quickstart.yaml';
const random = stream('kill');

const bytes = (folder: string): readonly string[] =>
  ['trials.csv', 'leaderboard.csv'].map((name) => readFileSync(join(folder, name), 'utf8'));

/** Runs the quickstart to its end, killed while it works up to `most` times. Returns how often it was. */
async function runWithKills(results: string, most: number): Promise<number> {
  const folder = join(results, 'quickstart');
  for (let kills = 0; ; kills++) {
    const begun = existsSync(join(folder, 'study.db'))
      ? start('resume', folder, '--quiet')
      : start('search', FILE, '--results', results, '--quiet');
    if (kills < most) {
      await Promise.race([
        begun.done,
        new Promise((resolve) => setTimeout(resolve, 500 + 2000 * random.uniform())),
      ]);
      begun.child.kill('SIGKILL');
    }
    const { code, stderr } = await begun.done;
    if (code === 0) return kills;
    expect(kills, stderr).toBeLessThan(most);
  }
}

it(`the quickstart, killed ${KILLS} times while it works and resumed each time, gives the same bytes`, async () => {
  const results = freshFolder();
  expect((await lossmith('search', FILE, '--results', join(results, 'whole'), '--quiet')).code).toBe(0);
  // On a fast machine a study ends before it was killed that often; then another goes on.
  for (let kills = 0, study = 0; kills < KILLS; study++) {
    const killed = join(results, `killed-${study}`);
    kills += await runWithKills(killed, KILLS - kills);
    process.stdout.write(`${kills} of ${KILLS} kills after study ${study}\n`);
    const folder = join(killed, 'quickstart');
    expect(bytes(folder)).toEqual(bytes(join(results, 'whole/quickstart')));
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
  }
});
