import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import { createRegistry } from '../../src/core/registry.js';
import { trialsCsv } from '../../src/export/trials-csv.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { formCohorts } from '../../src/study/form-cohorts.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import type { Provenance } from '../../src/study/provenance.js';
import { runStudy } from '../../src/study/run-study.js';
import { readRecords } from '../../src/study/study-memory.js';
import type { TrialRecord } from '../../src/study/trial-record.js';
import { useBackend } from '../../src/tensor/index.js';
import { freshFolder } from '../support/lossmith.js';
import { inProcess } from './support/in-process.js';

beforeAll(() => useBackend('wasm'));

const STUDY = `name: cohorts
engine: compiled
task: { name: mixture, size: 600 }
metrics: [average-precision]
model: { name: mlp, hidden: [9, 7] }
space: classification-families
training: { steps: 18, batchSize: 16, evaluations: 9 }
search: { trials: 14, sampler: regularized-evolution, fidelity: { name: successive-halving, eta: 3 } }
controls: { textbook: false }
selection: { top: 2, seeds: 2 }
test: { seeds: 3 }
statistics: { resamples: 200 }
`;

interface Ran {
  readonly csv: string;
  readonly records: readonly TrialRecord[];
  readonly cohorts: readonly number[];
}

async function run(cohort: number, workers: number): Promise<Ran> {
  const file = join(freshFolder(), 'cohorts.yaml');
  writeFileSync(file, STUDY);
  const loaded = await loadExperiment(file, [], 'search');
  const engine = { ...compiled, cohort };
  const registries = { ...loaded.registries, engines: createRegistry('engine', [engine]) };
  const { experiment, data } = loaded;
  const executor = inProcess({ experiment, registries, data }, engine, workers);
  const journal = openJournal(':memory:', { now: () => 0 });
  const result = await runStudy({ experiment, registries, data, journal, executor, tell: () => undefined });
  expect(result.state).toBe('finished');
  const records = readRecords(journal);
  await executor.close();
  journal.close();
  const provenance = { experiment, experimentHash: 'e', splitHash: 's', backend: 'b', version: '0' };
  return {
    csv: trialsCsv(provenance as unknown as Provenance, records),
    ...{ records, cohorts: executor.cohorts },
  };
}

describe('a study', () => {
  it('gives the same trials.csv whatever the size of its cohorts and the number of workers', async () => {
    const alone = await run(1, 1);
    expect(Math.max(...alone.cohorts)).toBe(1);
    for (const [cohort, workers] of [
      [3, 1],
      [32, 1],
      [32, 3],
    ] as const) {
      const together = await run(cohort, workers);
      expect(Math.max(...together.cohorts)).toBeGreaterThan(1);
      expect(together.csv, `cohorts of ${cohort}, ${workers} workers`).toBe(alone.csv);
    }
  });

  it('is a funnel: few of the search are selected on seeds and data of their own, one of each arm is tested', async () => {
    const { records } = await run(32, 1);
    const of = (stage: TrialRecord['stage'], arm: string): readonly TrialRecord[] =>
      records.filter((one) => one.stage === stage && one.arm === arm);
    const hashes = (some: readonly TrialRecord[]): Set<string> =>
      new Set(some.map(({ candidateHash }) => candidateHash));
    for (const arm of ['search', 'random', 'plain']) {
      const selected = hashes(of('selection', arm));
      const tested = hashes(of('test', arm));
      expect(selected.size).toBeGreaterThan(0);
      expect(selected.size).toBeLessThanOrEqual(2);
      expect(tested.size).toBe(1);
      const searched = hashes(of('search', arm).filter(({ outcome }) => outcome.state === 'completed'));
      for (const hash of selected) expect(searched.has(hash)).toBe(true);
      for (const hash of tested) expect(selected.has(hash)).toBe(true);
      expect(of('test', arm)).toHaveLength(3);
    }
    const stages = ['search', 'selection', 'test'] as const;
    const parts = { search: 'validation', selection: 'selection', test: 'test' };
    for (const stage of stages) {
      const inside = records.filter((one) => one.stage === stage);
      expect(new Set(inside.map(({ part }) => part))).toEqual(new Set([parts[stage]]));
    }
    const seeds = stages.map(
      (stage) => new Set(records.filter((one) => one.stage === stage).map(({ seed }) => seed)),
    );
    expect(seeds.map(({ size }) => size)).toEqual([1, 2, 3]);
    expect(new Set(seeds.flatMap((some) => [...some])).size).toBe(6);
  });

  it('gives the places of a rung to distinct candidates: a duplicate goes where its owner goes', async () => {
    const { records } = await run(32, 1);
    const searched = records.filter(({ stage }) => stage === 'search');
    for (const { arm, wave } of searched) {
      const inside = searched.filter((one) => one.arm === arm && one.wave === wave);
      const completed = inside.filter(({ outcome }) => outcome.state === 'completed');
      const owners = completed.map(({ trial, outcome }) =>
        'duplicateOf' in outcome ? (outcome.duplicateOf ?? trial) : trial,
      );
      for (const { trial, outcome } of inside) {
        if (outcome.state !== 'pruned') continue;
        expect(owners).not.toContain(outcome.duplicateOf ?? trial);
      }
    }
  });
});

describe('cohorts', () => {
  it('hold every item once, items of one graph only, in order, and no more than allowed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (graphs, largest, workers) => {
          const items = graphs.map((graph, index) => ({ graph, index }));
          const cohorts = formCohorts({ items, graphOf: ({ graph }) => graph, largest, workers });
          const seen = cohorts.flat().map(({ index }) => index);
          expect([...seen].sort((a, b) => a - b)).toEqual(items.map(({ index }) => index));
          for (const cohort of cohorts) {
            expect(cohort.length).toBeGreaterThan(0);
            expect(cohort.length).toBeLessThanOrEqual(largest);
            expect(new Set(cohort.map(({ graph }) => graph)).size).toBe(1);
            expect(cohort.map(({ index }) => index)).toEqual(
              cohort.map(({ index }) => index).sort((a, b) => a - b),
            );
          }
        },
      ),
    );
  });
});
