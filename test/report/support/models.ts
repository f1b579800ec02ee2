import { stream } from '../../../src/core/random.js';
import { intervalAt, type PairedGain } from '../../../src/statistics/paired-gain.js';
import { tTwoSided } from '../../../src/statistics/student-t.js';
import { verdict, type Comparison } from '../../../src/statistics/verdict.js';
import type { LossShapeSeries } from '../../../src/report/found-loss-curves.js';
import type { HistoryTrial, ReportModel } from '../../../src/report/report-model.js';

/** An outcome as the paired bootstrap gives it, from its three numbers. */
function outcome(gain: number, standardError: number): PairedGain {
  const degreesOfFreedom = 9;
  return {
    state: 'compared',
    gain,
    standardError,
    degreesOfFreedom,
    level: 0.95,
    interval: intervalAt({ gain, standardError, degreesOfFreedom }, 0.95),
    pValue: tTwoSided(gain / standardError, degreesOfFreedom),
    perSeed: [],
    resamples: 1000,
    redrawn: 0,
    seeds: 10,
  };
}

const CONTROLS: readonly [name: string, text: string, test: number, error: number][] = [
  ['focal, textbook (γ = 2)', 'focal(γ=2)', 0.8462, 0.0031],
  ['random search, equal budget', 'poly-1(ε=1.7)', 0.8471, 0.0033],
  ['label smoothing, textbook', 'label-smoothing(ε=0.1)', 0.8405, 0.0036],
  ['cross-entropy, tuned', 'cross-entropy', 0.8391, 0.0034],
  ['class-balanced, textbook', 'class-balanced(β=0.999)', 0.8318, 0.0042],
];
const WINNER_TEST = 0.8527;

function trials(): HistoryTrial[] {
  const random = stream('report model');
  const arm = (name: string, count: number, skill: number): HistoryTrial[] =>
    Array.from({ length: count }, (_, trial) => {
      const fidelity = random.uniform() < 0.55 ? 0.25 : random.uniform() < 0.5 ? 0.5 : 1;
      if (random.uniform() < 0.08) return { trial, arm: name, fidelity };
      const level = 0.842 + skill * (1 - Math.exp(-trial / 60)) - 0.02 * (1 - fidelity);
      return { trial, arm: name, fidelity, value: level - 0.006 * Math.abs(random.normal()) ** 1.6 };
    });
  return [...arm('evolution', 160, 0.018), ...arm('random search', 160, 0.006)];
}

function shapeSeries(): LossShapeSeries[] {
  const probabilities = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);
  // Focal loss and its gradient by the logit, −(1 − p)^γ log p.
  const focal = (gamma: number) =>
    probabilities.map((p) => ({
      x: p,
      value: -((1 - p) ** gamma) * Math.log(p),
      gradient: (1 - p) ** gamma * (gamma * p * Math.log(p) - (1 - p)),
    }));
  return [
    { name: 'cross-entropy', role: 'reference', points: focal(0) },
    ...[
      [0, 2.4],
      [0.5, 1.3],
      [1, 0.35],
    ].map(([progress, gamma]) => ({
      name: 'found loss',
      role: 'found' as const,
      progress: progress!,
      points: focal(gamma!),
    })),
  ];
}

function learningCurves(): ReportModel['learningCurves'] {
  const random = stream('report model', 'curves');
  return ['found loss', 'finalist 2', 'finalist 3', 'focal, textbook (γ = 2)', 'cross-entropy, tuned'].map(
    (name, index) => ({
      name,
      points: Array.from({ length: 20 }, (_, step) => ({
        step: (step + 1) * 100,
        trainLoss: (0.7 - 0.11 * index) * Math.exp(-step / 6) + 0.08 + 0.05 * index + 0.004 * random.normal(),
        validationScore: 0.855 - 0.003 * index - 0.2 * Math.exp(-step / 3) + 0.002 * random.normal(),
      })),
    }),
  );
}

/** A trade between two objectives, and a third one; every tenth trial misses a constraint. */
function front(): NonNullable<ReportModel['front']> {
  const random = stream('report model', 'front');
  const points = Array.from({ length: 80 }, (_, trial) => {
    const along = random.uniform();
    const off = 0.01 * random.normal() ** 2;
    return {
      trial,
      arm: trial % 2 === 0 ? 'search' : 'random search',
      role: trial % 2 === 0 ? ('search' as const) : ('control' as const),
      scores: [0.82 + 0.03 * along - off, 0.01 + 0.05 * along ** 2 + off, 0.4 + 0.1 * random.uniform()],
      feasible: trial % 10 !== 7,
      onFront: trial % 10 === 4,
      text: `focal(γ=${(2 * along).toFixed(2)})`,
    };
  });
  return {
    objectives: [
      { key: 'balanced-accuracy', direction: 'maximize' },
      { key: 'calibration-error', direction: 'minimize' },
      { key: 'log-loss', direction: 'minimize' },
    ],
    points,
    reference: [0.81, 0.07, 0.51],
    hypervolumes: ['search', 'random search'].map((arm, index) => ({
      arm,
      points: Array.from({ length: 40 }, (_, trial) => ({
        trial,
        share: (0.8 - 0.2 * index) * (1 - 0.9 ** trial),
      })),
    })),
    constraints: 'log-loss at most 0.48',
  };
}

const progress = Array.from({ length: 41 }, (_, index) => index / 40);

/** A finished study as one would like to publish it. All numbers are invented. */
export function finishedModel(): ReportModel {
  const comparisons: Comparison[] = CONTROLS.map(([control, , test, error]) => ({
    control,
    role: control.startsWith('cross-entropy') ? 'plain' : 'other',
    outcome: outcome(WINNER_TEST - test, error),
  }));
  comparisons.push({
    control: 'mixture, textbook',
    role: 'other',
    outcome: { state: 'not-compared', reason: 'it diverged on 3 of 10 seeds' },
  });
  const random = stream('report model', 'selection');
  const finalists = Array.from({ length: 7 }, (_, index) => {
    const search = 0.8571 - 0.0011 * index;
    return {
      role: index === 0 ? ('winner' as const) : ('finalist' as const),
      name: index === 0 ? 'found loss' : `finalist ${index + 1}`,
      text:
        index === 0
          ? 'focal(γ: cosine 2.4 → 0.35) · 0.8 + poly-1(ε=1.2) · 0.2, self-paced'
          : `focal(γ=${(2 - 0.2 * index).toFixed(1)}) + poly-1(ε=${(0.3 * index).toFixed(1)})`,
      hash: `3fa94c1d07b${index}`,
      stages: {
        search: { mean: search, count: 1 },
        selection: {
          mean: search - 0.0042 - 0.0009 * Math.abs(random.normal()),
          standardDeviation: 0.0031 + 0.0002 * index,
          count: 3,
        },
        ...(index === 0 ? { test: { mean: WINNER_TEST, standardDeviation: 0.0038, count: 10 } } : {}),
      },
    };
  });
  const controls = CONTROLS.map(([name, text, test], index) => ({
    role: 'control' as const,
    name,
    text,
    hash: `b81e00c2aa4${index}`,
    stages: {
      ...(index === 1 ? { search: { mean: 0.8533, count: 1 } } : {}),
      selection: { mean: test + 0.0013, standardDeviation: 0.0035, count: 3 },
      test: { mean: test, standardDeviation: 0.0041, count: 10 },
    },
  }));
  return {
    study: 'adult-income-focal-mixture',
    packageVersion: '0.1.0',
    seed: 42,
    engine: 'compiled',
    backend: 'onnxruntime-node',
    task: {
      name: 'adult',
      summary: 'Income above 50 000 dollars from census data: 14 columns, 24 % positive.',
      notes: [
        '2399 rows with missing values kept, missing as a category of its own',
        '52 duplicate rows dropped',
      ],
      parts: [
        { name: 'train', size: 24000 },
        { name: 'validation', size: 6000 },
        { name: 'selection', size: 6000 },
        { name: 'test', size: 12790 },
      ],
    },
    metric: { key: 'balanced-accuracy', direction: 'maximize' },
    verdict: verdict({ comparisons, metric: 'balanced-accuracy', searched: 320 }),
    leaderboard: [...finalists, ...controls].map((row, index) => ({ rank: index + 1, ...row })),
    history: {
      trials: trials(),
      controls: [
        { name: 'cross-entropy, tuned', value: 0.8442 },
        { name: 'focal, textbook (γ = 2)', value: 0.8487 },
        { name: 'label smoothing, textbook', value: 0.8449 },
      ],
    },
    front: front(),
    learningCurves: learningCurves(),
    lossShape: { axis: 'probability of the true class', series: shapeSeries() },
    schedules: [
      {
        parameter: 'gamma',
        points: progress.map((tau) => ({
          progress: tau,
          value: 0.35 + 1.025 * (1 + Math.cos(Math.PI * tau)),
        })),
      },
      { parameter: 'epsilon', points: progress.map((tau) => ({ progress: tau, value: 1.2 })) },
      {
        parameter: 'self-paced threshold (quantile)',
        points: progress.map((tau) => ({ progress: tau, value: Math.min(1, 0.4 + tau) })),
      },
    ],
    sampleWeights: progress.map((part) => ({ ratio: 2 * part, weight: Math.max(0, 1 - 2 * part) })),
    trialCounts: [
      { state: 'completed', count: 71, reasons: [] },
      {
        state: 'pruned',
        count: 207,
        reasons: [{ reason: 'not among the best third of its rung', count: 207 }],
      },
      { state: 'diverged', count: 9, reasons: [{ reason: 'loss not finite', count: 9 }] },
      {
        state: 'rejected',
        count: 17,
        reasons: [
          { reason: 'wrong-direction', count: 11 },
          { reason: 'no-gradient', count: 6 },
        ],
      },
      { state: 'duplicate', count: 16, reasons: [] },
      { state: 'failed', count: 0, reasons: [] },
    ],
    importance: {
      evaluator: 'ped-anova',
      trials: 320,
      rows: (
        [
          ['gamma.from', 1.91, 0.42, 320, ''],
          ['family', 0.83, 0.21, 320, ''],
          ['epsilon', 0.3, 0.44, 112, 'family = poly-1'],
          ['weights', undefined, undefined, 2, 'family = mixture'],
        ] as const
      ).map(([entry, importance, noise, count, activeWhen], index) => ({
        ...{ entry, importance, noise, trials: count, activeWhen },
        rank: importance === undefined ? undefined : index + 1,
        share: importance === undefined ? undefined : importance / 3.04,
      })),
    },
    funnel: [
      { stage: 'search', arms: 320, seedsEach: 1, part: 'validation' },
      { stage: 'selection', arms: 12, seedsEach: 3, part: 'selection' },
      { stage: 'test', arms: 7, seedsEach: 10, part: 'test' },
    ],
    found: {
      hash: '3fa94c1d07b0',
      text: '0.8 · focal(γ: cosine 2.4 → 0.35) + 0.2 · poly-1(ε = 1.2), self-paced',
      candidate: {
        loss: {
          name: 'weighted-sum',
          terms: [
            {
              weight: 0.8,
              loss: { name: 'focal', parameters: { gamma: { schedule: 'cosine', start: 2.4, end: 0.35 } } },
            },
            { weight: 0.2, loss: { name: 'poly-1', parameters: { epsilon: 1.2 } } },
          ],
        },
        curriculum: {
          kind: 'self-paced',
          weights: 'linear',
          direction: 'down',
          threshold: { schedule: 'linear', from: 0.4, to: 1, end: 0.6 },
        },
      },
    },
    environment: [
      { name: 'Node', value: 'v20.19.0' },
      { name: 'platform', value: 'linux x64' },
      { name: 'workers', value: 2 },
    ],
    provenance: [
      { name: 'experiment', value: '8c1f0b77e2d4' },
      { name: 'split', value: '51d2a0c3b9fe' },
      { name: 'search space', value: 'e07744aa1c95' },
    ],
  };
}

/** A study of which nothing but the names is known. */
export function emptyModel(): ReportModel {
  return {
    study: 'empty',
    packageVersion: '0.1.0',
    seed: 'a',
    engine: 'eager',
    backend: 'cpu',
    task: { name: 'two-moons', summary: 'Two moons.', notes: [], parts: [] },
    metric: { key: 'log-loss', direction: 'minimize' },
    leaderboard: [],
    history: { trials: [], controls: [] },
    learningCurves: [],
    schedules: [],
    trialCounts: [],
    funnel: [],
    environment: [],
    provenance: [],
  };
}
