import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { expect, it } from 'vitest';
import { ROOT, freshFolder, lossmith } from '../support/lossmith.js';

const SEEDS = 20;
/** One claim in twenty is the stated rate at level 0.95. */
const MOST_CLAIMS = 1;

it(`claims a gain on the null task in at most ${MOST_CLAIMS} of ${SEEDS} studies, each on data of its own`, async () => {
  const folder = freshFolder();
  const experiment = parse(readFileSync(join(ROOT, 'experiments/null.yaml'), 'utf8')) as {
    task: Record<string, unknown>;
  };
  const outcomes: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const file = join(folder, `null-${seed}.yaml`);
    writeFileSync(
      file,
      stringify({ ...experiment, name: `null-${seed}`, seed, task: { ...experiment.task, seed } }),
    );
    const ended = await lossmith('search', file, '--results', folder, '--json');
    expect(ended.code, ended.stderr).toBe(0);
    const { verdict } = JSON.parse(ended.stdout) as { verdict: { outcome: string; sentence: string } };
    if (verdict.outcome !== 'gain')
      expect(verdict.sentence).toMatch(/no significant gain|significantly worse/);
    outcomes.push(verdict.outcome);
  }
  process.stdout.write(`${outcomes.join(' ')}\n`);
  expect(outcomes.filter((outcome) => outcome === 'gain').length).toBeLessThanOrEqual(MOST_CLAIMS);
});
