import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.js';
import { ROOT, freshFolder, lossmith } from '../support/lossmith.js';

const LIMIT_SECONDS = 8;
const TRIALS = 8;
const STUCK = 3;

type Row = Readonly<Record<string, string>>;

/** The rows of a study in whose search `wave` trials train side by side. */
async function rowsOf(wave: number, stuck: boolean): Promise<readonly Row[]> {
  const folder = freshFolder();
  copyFileSync(join(ROOT, 'test/fixtures/user/stuck.mjs'), join(folder, 'stuck.mjs'));
  writeFileSync(
    join(folder, 'stuck.yaml'),
    `name: stuck
use: [./stuck.mjs]
task: { name: mixture, size: 200 }
space: levels
training: { steps: 12, batchSize: 16, evaluations: 3 }
search: { trials: ${TRIALS}, wave: ${wave}, sampler: grid, fidelity: full }
controls: { random: false, plain: false, textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
statistics: { resamples: 200 }
limits: { trialSeconds: ${LIMIT_SECONDS} }
`,
  );
  if (stuck) process.env['LOSSMITH_TEST_STUCK'] = '1';
  else delete process.env['LOSSMITH_TEST_STUCK'];
  // One worker: the trials of a wave are one cohort.
  const options = ['--workers', '1', '--results', folder, '--quiet'];
  const ended = await lossmith('search', join(folder, 'stuck.yaml'), ...options);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  const rows = parse<Row>(readFileSync(join(folder, 'stuck/trials.csv')), { columns: true });
  return rows.filter(({ stage }) => stage === 'search');
}

afterEach(() => {
  delete process.env['LOSSMITH_TEST_STUCK'];
});

describe('a loss that never ends in training, though it did before', () => {
  it.each([
    ['alone', 1],
    ['in a cohort', TRIALS],
  ])(
    '%s: is recorded after its own limit, and the others have the numbers that they have without it',
    async (_, wave) => {
      const wanted = await rowsOf(wave, false);
      const began = systemClock.now();
      const found = await rowsOf(wave, true);
      // Its own limit once in the cohort and once alone, not the limits of all.
      expect((systemClock.now() - began) / 1000).toBeLessThan(TRIALS * LIMIT_SECONDS);
      expect(found).toHaveLength(TRIALS);
      found.forEach((row, trial) => {
        if (trial !== STUCK) expect(row).toEqual(wanted[trial]);
      });
      expect(wanted[STUCK]).toMatchObject({ state: 'completed' });
      expect(found[STUCK]).toMatchObject({
        ...{ state: 'failed', reason: 'time-limit', detail: `ended after ${LIMIT_SECONDS} s` },
      });
    },
    180_000,
  );
});
