import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import { trialsCsv } from '../../src/export/trials-csv.js';
import type { Journal } from '../../src/journal/journal.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import type { Provenance } from '../../src/study/provenance.js';
import { runStudy } from '../../src/study/run-study.js';
import { readRecords } from '../../src/study/study-memory.js';
import type { TrialRecord } from '../../src/study/trial-record.js';
import { useBackend } from '../../src/tensor/index.js';
import { freshFolder } from '../support/lossmith.js';
import { inProcess } from './support/in-process.js';

beforeAll(() => useBackend('wasm'));

const studyOf = (sampler: string, trials: number): string => `name: descents
engine: compiled
task: { name: mixture, size: 600 }
metrics: [average-precision]
model: { name: mlp, hidden: [8] }
space:
  name: weighted
  parameters:
    gamma: { type: float, low: 0, high: 4 }
    mix: { type: simplex, parts: [focal, dice] }
  candidate:
    loss:
      name: weighted-sum
      terms:
        - { weight: $mix.focal, loss: { name: focal, parameters: { gamma: $gamma } } }
        - { weight: $mix.dice, loss: { name: dice } }
training: { steps: 24, batchSize: 16, evaluations: 4 }
search: { trials: ${trials}, sampler: ${sampler} }
controls: { textbook: false, random: false }
selection: { top: 1, seeds: 2 }
test: { seeds: 2 }
statistics: { resamples: 200 }
`;

interface Ran {
  readonly records: readonly TrialRecord[];
  readonly csv: string;
  readonly sentence: string;
}

/** @param forgets drop every checkpoint at once, so that each trial trains from the start */
async function run(sampler: string, trials: number, forgets: boolean): Promise<Ran> {
  const file = join(freshFolder(), 'descents.yaml');
  writeFileSync(file, studyOf(sampler, trials));
  const { experiment, registries, data } = await loadExperiment(file, [], 'search');
  const executor = inProcess({ experiment, registries, data }, compiled, 1);
  const whole = openJournal(':memory:', { now: () => 0 });
  const blob: Journal['blob'] = (key) => (forgets && key.kind === 'checkpoint' ? undefined : whole.blob(key));
  const journal: Journal = { ...whole, blob };
  const result = await runStudy({ experiment, registries, data, journal, executor, tell: () => undefined });
  expect(result.state).toBe('finished');
  const records = readRecords(whole).filter(({ stage }) => stage === 'search');
  await executor.close();
  whole.close();
  const provenance = { experiment, experimentHash: 'e', splitHash: 's', backend: 'b', version: '0' };
  const { sentence } = (result as { readonly verdict: { readonly sentence: string } }).verdict;
  return { records, sentence, csv: trialsCsv(provenance as unknown as Provenance, records) };
}

describe.each([
  ['population-based-training', '{ name: population-based-training, population: 4 }', 16],
  ['persistent-es', '{ name: persistent-es, pairs: 2 }', 17],
  ['look-ahead', 'look-ahead', 20],
  ['dehb', 'dehb', 30],
])('%s', (_name, sampler, trials) => {
  it('gives what its trials stand for, trained from the start', async () => {
    const going = await run(sampler, trials, false);
    const descended = going.records.filter(({ continues }) => continues !== undefined);
    expect(descended.length).toBeGreaterThan(0);
    for (const record of descended) {
      const parent = going.records.find(({ trial }) => trial === record.continues)!;
      if (record.outcome.state !== 'completed' && record.outcome.state !== 'pruned') continue;
      if (parent.outcome.state !== 'completed' && parent.outcome.state !== 'pruned') continue;
      const { curve } = parent.outcome;
      expect(record.outcome.curve.slice(0, curve.length)).toEqual(curve);
    }
    // The sentence counts trainings from the start, not their pieces.
    const gone = new Set(going.records.map(({ continues }) => continues));
    const tried = going.records.filter(({ arm }) => arm === 'search');
    const last = tried.filter(({ trial }) => !gone.has(trial));
    expect(last.length).toBeLessThan(tried.length);
    expect(going.sentence).toContain(
      `${last.length} candidates searched in ${tried.length} pieces of training`,
    );
    // Checkpoints save work and change no bit: with none of them every trial trains its schedule from the start.
    expect((await run(sampler, trials, true)).csv).toBe(going.csv);
  });
});
