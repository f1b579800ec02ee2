import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trialsCsv } from '../../src/export/trials-csv.js';
import { builtinFidelityPolicies } from '../../src/fidelity/registry.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { builtinSamplers } from '../../src/search/registry.js';
import { loadExperiment, type LoadedExperiment } from '../../src/study/load-experiment.js';
import type { Provenance } from '../../src/study/provenance.js';
import { runStudy } from '../../src/study/run-study.js';
import { readRecords } from '../../src/study/study-memory.js';
import { freshFolder } from '../support/lossmith.js';
import { anyScore, oneInFour, oneInNine, shuffledExecutor, type Invention } from './support/invented.js';

/** A space on which each sampler works, the first that it takes. */
const SPACES = [
  `
  parameters:
    family: { type: categorical, choices: [focal, poly-1] }
    gamma: { type: float, low: 0, high: 5, when: { family: focal } }
    epsilon: { type: float, low: -0.9, high: 6, when: { family: poly-1 } }
    learningRate: { type: float, low: 0.001, high: 0.1, log: true }
  candidate:
    loss:
      $switch: family
      cases:
        focal: { name: focal, parameters: { gamma: $gamma } }
        poly-1: { name: poly-1, parameters: { epsilon: $epsilon } }
    learningRate: $learningRate
`,
  `
  parameters:
    gamma: { type: float, low: 0, high: 5 }
    mix: { type: simplex, parts: [focal, poly] }
  candidate:
    loss:
      name: weighted-sum
      terms:
        - { weight: $mix.focal, loss: { name: focal, parameters: { gamma: $gamma } } }
        - { weight: $mix.poly, loss: { name: poly-1 } }
`,
  `
  parameters:
    formula: { type: expression, variables: [p, t], maxDepth: 3, maxSize: 7 }
  candidate:
    loss: { name: symbolic, options: { expression: $formula } }
`,
];

const studyOf = (space: string, sampler: string, fidelity: string): string => `name: every
engine: eager
task: { name: mixture, size: 200 }
metrics: [average-precision]
training: { steps: 20, batchSize: 8, evaluations: 4 }
space:
  name: inline${space}
search: { trials: 60, sampler: ${sampler}, fidelity: ${fidelity} }
controls: { textbook: false }
selection: { top: 1, seeds: 2 }
test: { seeds: 2 }
statistics: { resamples: 200 }
`;

async function load(sampler: string, fidelity: string): Promise<LoadedExperiment> {
  const file = join(freshFolder(), 'every.yaml');
  let refused: unknown;
  for (const space of SPACES) {
    writeFileSync(file, studyOf(space, sampler, fidelity));
    try {
      return await loadExperiment(file, [], 'search');
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}

/** trials.csv of a study that is killed after some answers, again and again, and resumed until it ends. */
async function csvOf(
  { experiment, registries, data }: LoadedExperiment,
  seed: number,
  workers: number,
  kills: readonly number[],
): Promise<string> {
  const invention: Invention = { experiment, data, score: anyScore, diverges: oneInNine, rejects: oneInFour };
  const journal = openJournal(':memory:', { now: () => seed });
  const run = (dies?: number): ReturnType<typeof runStudy> => {
    const executor = shuffledExecutor(invention, seed, workers, dies);
    return runStudy({ experiment, registries, data, journal, executor, tell: () => undefined });
  };
  for (const answers of kills) await run(answers);
  expect((await run()).state).toBe('finished');
  const records = readRecords(journal);
  journal.close();
  const provenance = { experiment, experimentHash: 'e', splitHash: 's', backend: 'b', version: '0' };
  return trialsCsv(provenance as unknown as Provenance, records);
}

const pairs = [
  ...builtinSamplers.members.map(({ name }) => [name, 'full'] as const),
  ...builtinFidelityPolicies.members
    .filter(({ name }) => name !== 'full')
    .flatMap(({ name }) => [['random', name] as const, ['regularized-evolution', name] as const]),
];

describe.each(pairs)('%s with %s', (sampler, fidelity) => {
  it('asks for the same trials whatever the workers, the arrival of results, kills and resumes', async () => {
    const loaded = await load(sampler, fidelity);
    const reference = await csvOf(loaded, 0, 1, []);
    expect(reference.split('\n').length).toBeGreaterThan(40);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
        async (seed, workers, kills) => {
          expect(await csvOf(loaded, seed, workers, kills)).toBe(reference);
        },
      ),
      { numRuns: 2 },
    );
  });
});
