import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { readStudy } from '../../src/study/open-study.js';
import { readStudyFacts } from '../../src/study/study-facts.js';
import { ONE_WORKER, ROOT, freshFolder, lossmith } from '../support/lossmith.js';

const FILE = join(ROOT, 'test/fixtures/user/untraceable.yaml');

it('rows name the engine that trained: eager for a loss that cannot be traced, with the reason in the journal', async () => {
  const results = freshFolder();
  const ended = await lossmith('search', FILE, '--results', results, '--quiet', ...ONE_WORKER);
  expect(ended.code, ended.stderr).toBe(0);
  const folder = join(results, 'untraceable');
  for (const file of ['trials.csv', 'leaderboard.csv']) {
    const rows = parse<Record<string, string>>(readFileSync(join(folder, file)), { columns: true });
    const engines = new Map<string, Set<string>>();
    for (const { candidate, engine } of rows) {
      const { name } = (JSON.parse(candidate!) as { loss: { name: string } }).loss;
      engines.set(name, (engines.get(name) ?? new Set()).add(engine!));
    }
    expect(engines.get('looks'), file).toEqual(new Set(['eager']));
    engines.delete('looks');
    expect(engines.size).toBeGreaterThan(0);
    for (const [name, used] of engines) expect(used, name).toEqual(new Set(['compiled']));
  }
  const study = readStudy(folder);
  const { records } = readStudyFacts(study.journal, study.provenance);
  const pieces = study.journal.entries().flatMap(({ event }) => (event.kind === 'trained' ? [event] : []));
  study.close();
  const looking = records.filter(
    ({ candidate }) => 'name' in candidate.loss && candidate.loss.name === 'looks',
  );
  expect(looking.length).toBeGreaterThan(0);
  for (const { trial, outcome } of looking) {
    const engine = { name: 'eager', reason: expect.stringMatching(/values of a tensor are read/) as string };
    expect(outcome).toMatchObject({ engine });
    for (const piece of pieces.filter((one) => one.trial === trial)) {
      expect(piece.data).toMatchObject({ engine });
    }
  }
});
