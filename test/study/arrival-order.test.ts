import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashJson } from '../../src/core/json.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { runStudy } from '../../src/study/run-study.js';
import { readRecords } from '../../src/study/study-memory.js';
import { anyScore, oneInNine, shuffledExecutor } from './support/invented.js';

const file = fileURLToPath(new URL('../../experiments/quickstart.yaml', import.meta.url));
const loaded = await loadExperiment(file, [], 'search', { trials: 13 });
const { registries, data } = loaded;
/** With few resamples: what is drawn matters here, not how well. */
const experiment = { ...loaded.experiment, statistics: { level: 0.95, resamples: 200 } };

/** Everything that a study asked, settled and found. */
async function outcome(seed: number, workers: number): Promise<string> {
  const journal = openJournal(':memory:', { now: () => seed });
  const invention = { experiment, data, score: anyScore, diverges: oneInNine };
  const executor = shuffledExecutor(invention, seed, workers);
  const result = await runStudy({ experiment, registries, data, journal, executor, tell: () => undefined });
  const records = readRecords(journal);
  journal.close();
  expect(result.state).toBe('finished');
  return hashJson(JSON.parse(JSON.stringify({ result, records })) as never);
}

it('a study does not depend on the order in which work arrives, nor on the number of workers', async () => {
  const reference = await outcome(0, 1);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 9 }),
      async (seed, workers) => {
        expect(await outcome(seed, workers)).toBe(reference);
      },
    ),
    { numRuns: 8 },
  );
});
