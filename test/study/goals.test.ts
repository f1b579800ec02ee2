import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { buildLeaderboard } from '../../src/export/build-leaderboard.js';
import { leaderboardCsv } from '../../src/export/leaderboard-csv.js';
import { hypervolumeCsv, paretoFrontCsv } from '../../src/export/pareto-csv.js';
import { frontOf, searchFront } from '../../src/export/search-front.js';
import { trialsCsv } from '../../src/export/trials-csv.js';
import { leaderboardMarkdown, leaderboardTable } from '../../src/cli/leaderboard-text.js';
import { isFailure } from '../../src/search/ranking.js';
import type { Arm } from '../../src/study/arm.js';
import { bestOfSearch, winnersOfSelection } from '../../src/study/choose-finalists.js';
import { constraintsText, violationsOf } from '../../src/study/constraints.js';
import { experimentHash, type Experiment } from '../../src/study/experiment.js';
import { experimentText } from '../../src/study/experiment-text.js';
import { constraintsToBlame, missedOnTest } from '../../src/study/explain-constraints.js';
import { goalStandings, type Goals } from '../../src/study/goals.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { observeRecord } from '../../src/study/observe-record.js';
import type { Provenance } from '../../src/study/provenance.js';
import type { PrimaryMetric } from '../../src/study/study-context.js';
import type { TrialRecord, TrialState } from '../../src/study/trial-record.js';
import { freshFolder } from '../support/lossmith.js';

const EXPERIMENT = `name: small
task: { name: csv-classification, file: table.csv, target: label, positive: 'yes' }
metrics: [auroc, calibration-error, log-loss]
space: focal-gamma
training: { steps: 12, batchSize: 8, evaluations: 3 }
search: { sampler: nsga-ii, objectives: [auroc, calibration-error] }
constraints:
  - { metric: log-loss, atMost: 0.5 }
`;

const TABLE = [
  'a,b,label',
  ...Array.from(
    { length: 300 },
    (_, index) => `${index % 7},${(index * index) % 11},${index % 5 ? 'no' : 'yes'}`,
  ),
].join('\n');

async function load(text: string, mode: Experiment['mode'] = 'search'): Promise<Experiment> {
  const folder = freshFolder();
  writeFileSync(join(folder, 'table.csv'), TABLE);
  writeFileSync(join(folder, 'small.yaml'), text);
  return (await loadExperiment(join(folder, 'small.yaml'), [folder], mode)).experiment;
}

async function lineOf(text: string): Promise<string> {
  try {
    await load(text);
    return 'valid';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return renderUserError(error).replace(/^.*\/(?=small\.yaml)/, '');
  }
}

describe('objectives and constraints of an experiment file', () => {
  it('are resolved with their directions, and come back from the text of the experiment', async () => {
    const experiment = await load(EXPERIMENT);
    expect(experiment.search.objectives).toEqual([
      { key: 'auroc', direction: 'maximize' },
      { key: 'calibration-error', direction: 'minimize' },
    ]);
    expect(experiment.constraints).toEqual([{ metric: 'log-loss', atMost: 0.5 }]);
    const again = await load(experimentText(experiment, []));
    expect(experimentHash(again)).toBe(experimentHash(experiment));
  });

  it('leave no trace where they are not given, or name the primary metric alone', async () => {
    const plain = EXPERIMENT.replace(/, objectives.*\]/, '').replace(/constraints:\n.*\n/, '');
    const experiment = await load(plain);
    expect(JSON.stringify(experiment)).not.toMatch(/objectives|constraints/);
    const named = await load(plain.replace('nsga-ii }', 'nsga-ii, objectives: [auroc] }'));
    expect(experimentHash(named)).toBe(experimentHash(experiment));
    expect(experimentHash(await load(EXPERIMENT))).not.toBe(experimentHash(experiment));
  });

  it('an evaluation keeps the constraints and searches for nothing', async () => {
    const evaluated = await load(
      `${EXPERIMENT.replace('space: focal-gamma\n', '')}candidate: { loss: { name: cross-entropy } }\n`,
      'evaluate',
    );
    expect(evaluated.search.objectives).toBeUndefined();
    expect(evaluated.constraints).toHaveLength(1);
  });

  it.each([
    [
      'objectives: [auroc, calibration-error]',
      'objectives: [auroc, acuracy]',
      /^small\.yaml:6:\d+: search\.objectives\.1: unknown metric of this experiment.*expected one of auroc, calibration-error, log-loss/,
    ],
    [
      'objectives: [auroc, calibration-error]',
      'objectives: [calibration-error, auroc]',
      /search\.objectives\.0: the first objective is the primary metric.*found calibration-error, expected auroc/,
    ],
    [
      'objectives: [auroc, calibration-error]',
      'objectives: [auroc, auroc]',
      /search\.objectives\.1: the objective is named twice \(found auroc\)/,
    ],
    ['objectives: [auroc, calibration-error]', 'objectives: []', /search\.objectives: /],
    [
      'metric: log-loss',
      'metric: logloss',
      /^small\.yaml:8:\d+: constraints\.0\.metric: .*did you mean "log-loss"/,
    ],
    [
      ', atMost: 0.5',
      '',
      /^small\.yaml:8:\d+: constraints\.0: the constraint has no bound \(expected atMost, atLeast, or both\)/,
    ],
    [
      'atMost: 0.5',
      'atMost: 0.5, atLeast: 0.6',
      /constraints\.0\.atLeast: no score can keep the constraint \(found at least 0\.6 and at most 0\.5/,
    ],
    [
      'constraints:',
      'constraints:\n  - { metric: log-loss, atLeast: 0 }',
      /constraints\.1\.metric: the metric has two constraints/,
    ],
    [
      'sampler: nsga-ii',
      'sampler: regularized-evolution',
      /^small\.yaml:6:\d+: search\.sampler: the sampler "regularized-evolution" searches for one objective \(found several in search\.objectives, expected one of the samplers .*nsga-ii.*\)/,
    ],
    [
      'sampler: nsga-ii',
      'sampler: nsga-ii, fidelity: hyperband',
      /^small\.yaml:6:\d+: search\.fidelity: with several objectives no trial can be stopped early.*found hyperband, expected full/,
    ],
    [
      'sampler: nsga-ii, objectives: [auroc, calibration-error]',
      'fidelity: successive-halving',
      /search\.fidelity: with constraints no trial can be stopped early/,
    ],
  ])('%s → %s is refused at its place', async (from, to, expected) => {
    expect(EXPERIMENT).toContain(from);
    expect(await lineOf(EXPERIMENT.replace(from, to))).toMatch(expected);
  });

  it('the sampler of one objective takes constraints', async () => {
    expect(
      await lineOf(
        EXPERIMENT.replace('nsga-ii, objectives: [auroc, calibration-error]', 'regularized-evolution'),
      ),
    ).toBe('valid');
  });
});

describe('violations', () => {
  it('are 0 inside the bounds, the distance outside, infinite without a score', () => {
    const bounds = [
      { metric: 'a', atMost: 1 },
      { metric: 'b', atLeast: 2 },
      { metric: 'c', atLeast: 0, atMost: 1 },
    ];
    expect(violationsOf(bounds, { a: 1, b: 2, c: 0.5 })).toEqual([0, 0, 0]);
    expect(violationsOf(bounds, { a: 1.5, b: 1, c: -0.25 })).toEqual([0.5, 1, 0.25]);
    expect(violationsOf(bounds, { a: NaN, c: 3 })).toEqual([Infinity, Infinity, 2]);
    expect(violationsOf(bounds, undefined)).toEqual([Infinity, Infinity, Infinity]);
    expect(constraintsText(bounds)).toBe('a at most 1, b at least 2 and c from 0 to 1');
  });
});

const GOALS: Goals = {
  objectives: [
    { key: 'auroc', direction: 'maximize' },
    { key: 'ece', direction: 'minimize' },
  ],
  constraints: [{ metric: 'loss', atMost: 1 }],
};
const metricWith = (goals?: Goals): PrimaryMetric => ({
  ...{ key: 'auroc', head: 'label', metric: {} as never },
  ...(goals === undefined ? {} : { goals }),
  value: (score) => (score === undefined || !Number.isFinite(score) ? Infinity : -score),
});

let next = 0;
const record = (
  scores: readonly [auroc: number, ece: number, loss?: number] | 'failed',
  more: Partial<TrialRecord> = {},
): TrialRecord => {
  const trial = next++;
  const outcome: TrialState =
    scores === 'failed'
      ? { state: 'failed', reason: 'no-score', detail: '' }
      : {
          ...{ state: 'completed', fidelity: 3, steps: 12 },
          metrics: { auroc: scores[0], ece: scores[1], loss: scores[2] ?? 0 },
          curve: [{ step: 12, trainLoss: 1, validationLoss: 1, validationScore: scores[0] }],
        };
  return {
    ...{
      trial,
      stage: 'search',
      arm: 'search',
      index: trial,
      wave: 0,
      seed: 'k',
      part: 'validation',
      outcome,
    },
    candidate: { loss: { name: 'focal', parameters: { gamma: trial } } },
    candidateHash: `h${trial}`,
    assignment: { gamma: trial },
    ...more,
  };
};

const arm = (name: string): Arm => ({ kind: 'sampled', name }) as Arm;
const gammas = (finalists: ReturnType<typeof bestOfSearch>): number[] =>
  finalists.map(
    ({ candidate }) => (candidate.loss as unknown as { parameters: { gamma: number } }).parameters.gamma,
  );

describe('what a sampler is told', () => {
  it('is the value alone where there are no goals', () => {
    expect(Object.keys(observeRecord(record([0.7, 0.1]), metricWith()))).toEqual([
      ...['trial', 'wave', 'assignment', 'value', 'curve'],
    ]);
  });

  it('has all objectives to be minimised, and violations; what misses a constraint looks failed to those who do not know', () => {
    const kept = observeRecord(record([0.7, 0.1, 0.5]), metricWith(GOALS));
    expect(kept).toMatchObject({ value: -0.7, objectives: [-0.7, 0.1], violations: [0], curve: [-0.7] });
    const missed = observeRecord(record([0.9, 0.1, 1.5]), metricWith(GOALS));
    expect(missed).toMatchObject({ value: Infinity, objectives: [-0.9, 0.1], violations: [0.5], curve: [] });
    expect(isFailure(missed)).toBe(true);
    const failed = observeRecord(record('failed'), metricWith(GOALS));
    expect(failed).toMatchObject({
      value: Infinity,
      objectives: [Infinity, Infinity],
      violations: [Infinity],
    });
    const half = observeRecord(record([0.7, NaN, 0.5]), metricWith(GOALS));
    expect(half).toMatchObject({ value: -0.7, objectives: [-0.7, Infinity] });
  });
});

describe('selection', () => {
  it('takes the front first, by the primary metric, and nothing that misses a constraint', () => {
    next = 0;
    const records = [
      record([0.8, 0.3]), // front
      record([0.9, 0.9]), // front
      record([0.79, 0.5]), // dominated
      record([0.7, 0.1]), // front
      record([0.99, 0.01, 1.1]), // misses the constraint
      record('failed'),
    ];
    expect(gammas(bestOfSearch(records, [arm('search')], metricWith(GOALS), 4))).toEqual([1, 0, 3, 2]);
    expect(gammas(bestOfSearch(records, [arm('search')], metricWith(), 4))).toEqual([4, 1, 0, 2]);
    const bounded = metricWith({ objectives: [], constraints: GOALS.constraints });
    expect(gammas(bestOfSearch(records, [arm('search')], bounded, 4))).toEqual([1, 0, 2, 3]);
  });

  it('sends nobody where nothing keeps the constraints, but for the plain loss', () => {
    next = 0;
    const records = ['search', 'plain'].flatMap((name) => [
      record([0.8, 0.3, 2], { arm: name }),
      record([0.9, 0.3, 3], { arm: name }),
    ]);
    const finalists = bestOfSearch(records, [arm('search'), arm('plain')], metricWith(GOALS), 1);
    expect(finalists.map((one) => one.arm)).toEqual(['plain']);
    expect(gammas(finalists)).toEqual([3]);
    expect(constraintsToBlame(GOALS.constraints, records)).toBe(
      'none of the 2 candidates of the search that trained to the end kept the constraints (loss at most 1)',
    );
    expect(constraintsToBlame(GOALS.constraints, [record([1, 1, 0])])).toBeUndefined();
    expect(constraintsToBlame(GOALS.constraints, [record('failed')])).toBeUndefined();
    expect(constraintsToBlame([], records)).toBeUndefined();
  });

  it('lets nobody win whose means miss a constraint', () => {
    const run = (hash: string, score: number, loss: number, name = 'search'): TrialRecord =>
      record([score, 0.1, loss], { arm: name, stage: 'selection', candidateHash: hash });
    next = 0;
    const records = [run('a', 0.9, 0.5), run('a', 0.9, 1.7), run('b', 0.6, 1.5), run('b', 0.8, 0.4)];
    const winner = winnersOfSelection(records, [arm('search')], metricWith(GOALS));
    expect(gammas(winner)).toEqual([2]);
    expect(gammas(winnersOfSelection(records, [arm('search')], metricWith()))).toEqual([0]);
    const wrong = records.map((one) => ({ ...one, outcome: run('x', 0.5, 9).outcome }));
    expect(winnersOfSelection(wrong, [arm('search')], metricWith(GOALS))).toEqual([]);
    const plain = wrong.map((one) => ({ ...one, arm: 'plain' }));
    expect(winnersOfSelection(plain, [arm('plain')], metricWith(GOALS))).toHaveLength(1);
    expect(constraintsToBlame(GOALS.constraints, wrong)).toMatch(
      /^none of the 2 candidates of the selection stage/,
    );
  });

  it('says where the winner misses a constraint on the test part', () => {
    const run = (loss: number): TrialRecord => record([0.9, 0.1, loss], { stage: 'test' });
    expect(missedOnTest(GOALS.constraints, [run(0.5), run(1.1)])).toBeUndefined();
    expect(missedOnTest(GOALS.constraints, [run(1.5), run(1)])).toBe(
      'on the test part the found loss misses the constraint loss at most 1: loss 1.25',
    );
  });
});

describe('standings by goals', () => {
  it('give front 1 exactly to what keeps the constraints and is not dominated', () => {
    const score = fc.integer({ min: 0, max: 4 });
    const scores = fc.array(fc.record({ auroc: score, ece: score, loss: fc.constantFrom(0, 1, 2, 3) }), {
      maxLength: 15,
    });
    fc.assert(
      fc.property(scores, (list) => {
        const kept = list.filter(({ loss }) => loss <= 1);
        goalStandings(GOALS, list).forEach((standing, index) => {
          const one = list[index]!;
          expect(standing!.feasible).toBe(one.loss <= 1);
          expect(standing!.violation).toBe(Math.max(0, one.loss - 1));
          const dominated = kept.some(
            ({ auroc, ece }) => auroc >= one.auroc && ece <= one.ece && (auroc > one.auroc || ece < one.ece),
          );
          if (kept.length > 0) expect(standing!.rank === 1).toBe(standing!.feasible && !dominated);
        });
      }),
    );
  });
});

describe('tables', () => {
  const provenance = (goals: Partial<Goals>): Provenance =>
    ({
      experiment: {
        ...{ name: 'x', seed: 1, engine: 'compiled' },
        metrics: ['auroc', 'ece', 'loss'].map((key) => ({ key, name: key, head: 'label' })),
        search: goals.objectives === undefined ? {} : { objectives: goals.objectives },
        ...(goals.constraints === undefined ? {} : { constraints: goals.constraints }),
      },
      ...{ experimentHash: 'e', splitHash: 's', backend: 'wasm', version: '0', direction: 'maximize' },
    }) as unknown as Provenance;
  const columnsOf = (text: string): string[] => parse(text)[0]!;
  const study = (): TrialRecord[] => {
    next = 0;
    return [
      record([0.8, 0.3]),
      record([0.9, 0.5]),
      record([0.7, 0.4]),
      record([0.95, 0.1, 2]),
      record('failed'),
      record([0.8, 0.3], { outcome: { ...record([0.8, 0.3]).outcome, duplicateOf: 0 } as TrialState }),
      record([0.85, 0.2], { arm: 'random' }),
      record([0.8, 0.31], { stage: 'test', part: 'test', candidateHash: 'h0' }),
      record([0.75, 0.2], { stage: 'test', part: 'test', arm: 'plain' }),
      record([0.7, 0.5, 3], { stage: 'test', part: 'test', arm: 'random' }),
    ];
  };

  it('keep their columns where there are no goals', () => {
    const plain = provenance({});
    const board = buildLeaderboard([{ provenance: plain, records: study(), verdict: undefined }]);
    expect(board.every(({ goals }) => goals === undefined)).toBe(true);
    const further = [columnsOf(trialsCsv(plain, study())), columnsOf(leaderboardCsv(board))].flat();
    expect(further.filter((name) => /pareto|feasible|violation|ece_mean/.test(name))).toEqual([]);
    expect(leaderboardTable(board)).not.toMatch(/front|feasible/);
    expect(searchFront({ provenance: plain, records: study(), verdict: undefined })).toBeUndefined();
  });

  it('have columns for ranks with several objectives, for feasibility with constraints', () => {
    const rows = (goals: Partial<Goals>) =>
      parse<Record<string, string>>(trialsCsv(provenance(goals), study()), { columns: true });
    const both = rows(GOALS);
    expect(both.slice(0, 5).map((row) => row['pareto_rank'])).toEqual(['1', '1', '2', '3', '']);
    expect(both.slice(0, 5).map((row) => row['feasible'])).toEqual(['true', 'true', 'true', 'false', '']);
    expect(both.slice(0, 5).map((row) => row['violation'])).toEqual(['0', '0', '0', '1', '']);
    expect(both.slice(-3).map((row) => row['pareto_rank'])).toEqual(['', '', '']);
    expect(both.at(-1)!['feasible']).toBe('false');
    expect(rows({ objectives: GOALS.objectives })[0]).not.toHaveProperty('feasible');
    expect(rows({ constraints: GOALS.constraints })[0]).not.toHaveProperty('pareto_rank');
  });

  it('rank the leaderboard by test means, too', () => {
    const facts = { provenance: provenance(GOALS), records: study(), verdict: undefined };
    const board = buildLeaderboard([facts]);
    const rows = parse<Record<string, string>>(leaderboardCsv(board), { columns: true });
    expect(rows.map((row) => row['arm'])).toEqual(['search', 'plain', 'random']);
    expect(rows.map((row) => row['test_pareto_rank'])).toEqual(['1', '1', '2']);
    expect(rows.map((row) => row['test_feasible'])).toEqual(['true', 'true', 'false']);
    expect(rows.map((row) => row['test_ece_mean'])).toEqual(['0.31', '0.2', '0.5']);
    expect(rows.map((row) => row['selection_pareto_rank'])).toEqual(['', '', '']);
    expect(leaderboardTable(board).split('\n')[0]).toMatch(/ece +loss +front +feasible +loss$/);
    expect(leaderboardMarkdown(board)).toContain('| front | feasible | loss |');
  });

  it('rank a candidate with a failed run behind all that have none, whatever the means of its other runs', () => {
    next = 0;
    const run = (name: string, scores: Parameters<typeof record>[0]): TrialRecord =>
      record(scores, { stage: 'test', part: 'test', arm: name, candidateHash: name });
    const records = [
      ...[run('search', [0.99, 0.01]), run('search', 'failed')],
      ...[run('plain', [0.8, 0.2]), run('plain', [0.8, 0.2])],
      ...[run('random', [0.7, 0.3, 9]), run('random', [0.7, 0.3, 9])],
      ...[run('textbook:a', 'failed'), run('textbook:a', 'failed')],
    ];
    const facts = { provenance: provenance(GOALS), records, verdict: undefined };
    const rows = parse<Record<string, string>>(leaderboardCsv(buildLeaderboard([facts])), { columns: true });
    const shown = rows.map((row) => [row['arm'], row['test_pareto_rank'], row['test_feasible']]);
    expect(shown).toEqual([
      ['plain', '1', 'true'],
      ['random', '2', 'false'],
      ['search', '3', 'true'],
      ['textbook:a', '', ''],
    ]);
    expect(rows[2]!['test_ece_mean']).toBe('0.01');
  });

  it('give the front of each arm, trials that train alike once, and a hypervolume that never falls', () => {
    const facts = { provenance: provenance(GOALS), records: study(), verdict: undefined };
    const front = searchFront(facts)!;
    expect(frontOf(front, 'search').map(({ record: { trial } }) => trial)).toEqual([0, 1]);
    const rows = parse<Record<string, string>>(paretoFrontCsv(facts, front), { columns: true });
    expect(rows.map((row) => [row['arm'], row['auroc'], row['ece']])).toEqual([
      ['search', '0.8', '0.3'],
      ['search', '0.9', '0.5'],
      ['random', '0.85', '0.2'],
    ]);
    // Worst of the fronts (0.8, 0.5), ranges 0.1 and 0.3.
    expect(front.reference!.map((value) => value.toFixed(6))).toEqual(['0.790000', '0.530000']);
    const volumes = parse<Record<string, string>>(hypervolumeCsv(front), { columns: true });
    const own = volumes.filter((row) => row['arm'] === 'search').map((row) => Number(row['hypervolume']));
    const first = 0.01 * 0.23;
    [first, first + 0.1 * 0.03, first + 0.1 * 0.03, first + 0.1 * 0.03].forEach((volume, index) =>
      expect(own[index]).toBeCloseTo(volume, 12),
    );
    const box = 0.11 * 0.33;
    expect(Number(volumes.at(-1)!['share'])).toBeCloseTo((0.06 * 0.33) / box, 12);
    expect(Object.keys(volumes[0]!).slice(-2)).toEqual(['reference_auroc', 'reference_ece']);
  });

  it('are empty where nothing keeps the constraints', () => {
    const records = [record([0.9, 0.1, 5])];
    const facts = { provenance: provenance(GOALS), records, verdict: undefined };
    const front = searchFront(facts)!;
    expect(front.reference).toBeUndefined();
    expect(parse(hypervolumeCsv(front), { columns: true })).toEqual([]);
    expect(parse(paretoFrontCsv(facts, front), { columns: true })).toEqual([]);
  });
});
