import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/candidate/candidate.js';
import { createRegistries } from '../../src/plugins/registries.js';
import { buildReportModel } from '../../src/report/build-report-model.js';
import { renderReport } from '../../src/report/render-report.js';
import type { ReportModel } from '../../src/report/report-model.js';
import type { Provenance } from '../../src/study/provenance.js';
import type { StudyVerdict } from '../../src/study/study-verdict.js';
import type { TrialRecord, TrialState } from '../../src/study/trial-record.js';
import { useBackend } from '../../src/tensor/index.js';

const CANDIDATE: Candidate = { loss: { name: 'focal', parameters: { gamma: 2 } } };

const provenance = {
  experiment: {
    ...{ name: 'study', seed: 1, engine: 'compiled', task: { name: 'mixture', options: {} } },
    metrics: [{ key: 'log-loss', name: 'log-loss', head: 'class' }],
    search: { sampler: { name: 'random' }, fidelity: { name: 'full' } },
    training: { steps: 80, evaluations: 8 },
    plainLoss: { class: 'cross-entropy' },
  },
  ...{ experimentHash: 'e', splitHash: 's', backend: 'wasm', backendVersion: '4', version: '0' },
  ...{ node: '20', platform: 'linux', direction: 'minimize', partSizes: {}, taskNotes: [], dataFolders: [] },
} as unknown as Provenance;

const trained = (score: number, step: number): TrialState => ({
  ...{ state: 'completed', fidelity: 8, steps: 80, metrics: { 'log-loss': score } },
  curve: [{ step, trainLoss: 1, validationLoss: 1, validationScore: score }],
});
const FAILED: TrialState = { state: 'failed', reason: 'threw', detail: 'no' };

let next = 0;
const test = (arm: string, outcome: TrialState): TrialRecord => ({
  ...{ trial: next++, stage: 'test', arm, index: 0, wave: 0, seed: `${next}`, part: 'test', outcome },
  ...{ candidate: CANDIDATE, candidateHash: `${arm}-hash` },
});

it('says of trials that are pieces of trainings what they are', () => {
  const piece = (trial: number, state: 'completed' | 'pruned', continues?: number): TrialRecord => ({
    ...test('search', { ...trained(0.4, 4), state } as TrialState),
    ...{ trial, index: trial, stage: 'search' as const },
    ...(continues === undefined ? {} : { continues }),
  });
  const records = [
    ...[piece(0, 'pruned'), piece(1, 'pruned'), piece(2, 'pruned')],
    ...[piece(3, 'completed', 0), piece(4, 'completed', 0)],
  ];
  const { experiment } = provenance;
  const planned = { ...experiment.search, sampler: { name: 'population-based-training', options: {} } };
  const model = modelOf(records, undefined, { ...experiment, search: planned });
  expect(model.trialCounts.map(({ state, count }) => [state, count])).toEqual([
    ['completed', 2],
    ['piece', 3],
  ]);
  expect(model.funnel[0]!.arms).toBe(4);
  expect(model.searchNotes).toEqual([
    expect.stringMatching(/^The 5 trials of the search are pieces of 4 trainings: .*; 2 reached the end\.$/),
  ]);
  expect(modelOf(records.slice(0, 3), undefined).trialCounts.map(({ state }) => state)).toEqual(['pruned']);
});

const modelOf = (
  records: readonly TrialRecord[],
  verdict: StudyVerdict | undefined,
  experiment = provenance.experiment,
): ReportModel =>
  buildReportModel({
    facts: { provenance: { ...provenance, experiment }, records, verdict },
    registries: createRegistries([]),
    heads: [{ name: 'class', kind: 'binary', outputs: 1 }],
    classCounts: { class: Float32Array.of(90, 10) },
    targetDeviations: {},
  });

beforeAll(() => useBackend('cpu'));

describe('the report of a study', () => {
  it('has learning curves in the order of the leaderboard, each of the first seed that trained', () => {
    const records = [
      ...[test('plain', trained(0.7, 1)), test('plain', trained(0.5, 2))],
      ...[test('random', FAILED), test('random', trained(0.1, 3))],
      ...[test('search', trained(0.4, 4)), test('search', trained(0.3, 5))],
    ];
    const { learningCurves, leaderboard } = modelOf(records, undefined);
    expect(leaderboard.map(({ name }) => name)).toEqual(['search', 'plain', 'random']);
    expect(learningCurves.map(({ name, points }) => [name, points[0]!.step])).toEqual([
      ['search', 4],
      ['plain', 1],
      ['random', 3],
    ]);
  });

  it('says why a finished study was not judged, and shows what it found all the same', () => {
    const sentence = 'There is no significant gain to claim: the study ran without the plain loss.';
    const winner = { candidate: CANDIDATE, candidateHash: 'search-hash' };
    const model = modelOf([test('search', trained(0.4, 1))], {
      ...{ outcome: 'not-judged', sentence, winner, comparisons: [] },
    });
    expect(model.found!.text).toBe('focal(gamma 2)');
    const page = renderReport(model);
    expect(page).toContain(sentence);
    expect(page).not.toMatch(/has not been run/);
    expect(page).toContain('winner');
  });

  it('replays a schedule of training state on the first test seed that trained', () => {
    const gamma = { schedule: 'plateau', from: 0, to: 2, patience: 1 };
    const candidate: Candidate = { loss: { name: 'focal', parameters: { gamma } } };
    const losses = [1, 2, 3];
    const curve = losses.map((validationLoss, index) => ({
      ...{ step: 10 * (index + 1), trainLoss: 1, validationLoss, validationScore: 1 },
    }));
    const records = [
      ...[test('random', trained(0.1, 1)), test('search', FAILED)],
      test('search', { ...trained(0.4, 1), curve } as TrialState),
    ];
    const { schedules } = modelOf(records, {
      ...{ outcome: 'not-judged', sentence: 's', comparisons: [] },
      winner: { candidate, candidateHash: 'search-hash' },
    });
    expect(schedules.map(({ parameter, replayed }) => [parameter, replayed])).toEqual([['gamma', true]]);
    // 80 steps; the second evaluation, after step 20, is the first without a gain.
    const first = schedules[0]!.points.find(({ value }) => value === 2)!;
    expect(first.progress).toBeCloseTo(20 / 79, 1);
  });

  it('weighs samples where the curriculum of the found loss does', () => {
    const of = (curriculum: Candidate['curriculum']): ReportModel['sampleWeights'] =>
      modelOf([], {
        ...{ outcome: 'not-judged', sentence: 's', comparisons: [] },
        winner: { candidate: { ...CANDIDATE, ...(curriculum && { curriculum }) }, candidateHash: 'h' },
      }).sampleWeights;
    const linear = of({ kind: 'self-paced', weights: 'linear', direction: 'down', threshold: 0.8 })!;
    for (const { ratio, weight } of linear) expect(weight).toBeCloseTo(Math.max(0, 1 - ratio), 12);
    expect(linear.at(-1)!.ratio).toBe(2);
    const hard = of({ kind: 'self-paced', weights: 'hard', direction: 'up', threshold: 0.8 })!;
    for (const { ratio, weight } of hard) expect(weight).toBe(ratio >= 1 ? 1 : 0);
    expect(of(undefined)).toBeUndefined();
    const pacing = { function: 'linear', start: 0.5, full: 0.5 } as const;
    expect(
      of({ kind: 'paced', difficulty: { score: 'class-rarity' }, order: 'random', pacing }),
    ).toBeUndefined();
  });
});
