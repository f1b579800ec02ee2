import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bestLoss } from '../../src/export/best-loss.js';
import { buildLeaderboard } from '../../src/export/build-leaderboard.js';
import { leaderboardCsv } from '../../src/export/leaderboard-csv.js';
import { hypervolumeCsv, paretoFrontCsv } from '../../src/export/pareto-csv.js';
import { searchFront } from '../../src/export/search-front.js';
import { timingsCsv } from '../../src/export/timings-csv.js';
import { trialsCsv } from '../../src/export/trials-csv.js';
import type { StudyFacts } from '../../src/study/study-facts.js';
import type { TrialRecord, TrialState } from '../../src/study/trial-record.js';
import { ROOT } from '../support/lossmith.js';

const METRICS = ['auroc', 'brier'];

/** A study with everything that adds columns: objectives, a constraint, trials that go on with others. */
const facts = ((): StudyFacts => {
  const outcome: TrialState = {
    ...{ state: 'completed', fidelity: 2, steps: 8, curve: [] },
    metrics: { auroc: 0.7, brier: 0.1 },
  };
  const candidate = { loss: { name: 'focal', parameters: { gamma: 2 } } };
  const record = (trial: number, stage: TrialRecord['stage'], more: Partial<TrialRecord>): TrialRecord => ({
    ...{ trial, stage, arm: 'search', index: trial, wave: 0, seed: 'k', part: 'test' },
    ...{ candidate, candidateHash: 'c', outcome },
    ...more,
  });
  return {
    provenance: {
      experiment: {
        ...{ name: 'x', seed: 1, engine: 'compiled' },
        metrics: METRICS.map((key) => ({ key, name: key, head: 'label' })),
        search: {
          objectives: METRICS.map((metric, index) => ({
            ...{ key: metric, metric, direction: index === 0 ? 'maximize' : 'minimize' },
          })),
        },
        constraints: [{ key: 'brier', metric: 'brier', atMost: 0.2 }],
      },
      ...{ experimentHash: 'e', splitHash: 's', backend: 'wasm', version: '0', direction: 'maximize' },
    },
    records: [
      record(0, 'search', { assignment: { gamma: 2 } }),
      record(1, 'search', { assignment: { gamma: 2 }, continues: 0 }),
      record(2, 'selection', {}),
      record(3, 'test', {}),
    ],
    verdict: { outcome: 'gain', sentence: 'So.', winner: { candidate, candidateHash: 'c' }, comparisons: [] },
  } as unknown as StudyFacts;
})();

const board = buildLeaderboard([facts]);
const front = searchFront(facts)!;
const header = (csv: string): readonly string[] => csv.split('\n', 1)[0]!.split(',');

/** The part of docs/files.md under a heading that names the file. */
const sectionOf = (file: string): string =>
  readFileSync(join(ROOT, 'docs/files.md'), 'utf8')
    .split('\n## ')
    .find((section) => section.split('\n', 1)[0]!.includes(`\`${file}\``))!;

/** As the page names a column: those of each metric or objective by what they have in common. */
const generic = (name: string): string =>
  name
    .replace(/^(test|selection)_(auroc|brier)_mean$/, '$1_<metric>_mean')
    .replace(/^reference_(auroc|brier)$/, 'reference_<objective>');

it.each([
  ['trials.csv', header(trialsCsv(facts.provenance, facts.records)), 27],
  ['leaderboard.csv', header(leaderboardCsv(board)), 34],
  ['timings.csv', header(timingsCsv([])), 5],
  ['best-loss.json', Object.keys(JSON.parse(bestLoss(facts, board)!) as object), 15],
  ['pareto-front.csv', header(paretoFrontCsv(facts, front)), 8],
  ['hypervolume.csv', header(hypervolumeCsv(front)), 7],
])('docs/files.md names every column of %s', (file, names, count) => {
  // So that a fixture that lost its further columns shows.
  expect(names).toHaveLength(count);
  const columns = sectionOf(file)
    .split('\n')
    .map((line) => line.split('|')[1] ?? '');
  const named = columns.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const missing = names
    .filter((name) => !METRICS.includes(name))
    .map(generic)
    .filter((name) => !named.includes(name));
  expect(missing).toEqual([]);
  if (names.some((name) => METRICS.includes(name))) expect(columns).toContain(' each metric ');
});
