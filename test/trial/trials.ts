import type { Candidate } from '../../src/candidate/candidate.js';
import { eager } from '../../src/engine/eager.js';
import type { ChunkInputs, Engine } from '../../src/engine/engine.js';
import { builtinLosses } from '../../src/losses/registry.js';
import type { Loss } from '../../src/losses/loss.js';
import { builtinMetrics } from '../../src/metrics/registry.js';
import type { Head } from '../../src/problem/head.js';
import { builtinModels } from '../../src/models/registry.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import type { AnySchedule } from '../../src/schedules/schedule.js';
import { createTrialContext, type TrialContext } from '../../src/trial/trial-context.js';
import type { TrainingSetup, TrialJob, TrialOutcome } from '../../src/trial/trial.js';
import { defaultOptimizer } from '../engine/problems.js';
import { MULTICLASS, REGRESSION, toyData } from '../engine/toy-data.js';

const PLAIN: Readonly<Record<Head['kind'], string>> = {
  binary: 'cross-entropy',
  multiclass: 'cross-entropy',
  regression: 'mse',
};
const METRIC: Readonly<Record<Head['kind'], string>> = {
  binary: 'auroc',
  multiclass: 'accuracy',
  regression: 'rmse',
};

export interface ContextOptions {
  readonly heads?: readonly Head[];
  readonly setup?: Partial<TrainingSetup>;
  /** Samples of train, validation, selection, test. */
  readonly sizes?: readonly [number, number, number, number];
  readonly engine?: Engine;
  /** Losses beside the built-in ones. */
  readonly losses?: readonly Loss[];
  /** Schedules beside the built-in ones. */
  readonly schedules?: readonly AnySchedule[];
}

/** A context on toy data: 5 evaluations, 6 steps each, batches of 8, a small network. */
export function toyContext(options: ContextOptions = {}): TrialContext {
  const { heads = [MULTICLASS], setup, sizes, engine, losses, schedules } = options;
  return createTrialContext({
    data: toyData(sizes === undefined ? { heads } : { heads, sizes }),
    setup: {
      model: { name: 'mlp', options: { hidden: [6], activation: 'relu' } },
      optimizer: defaultOptimizer('adam'),
      learningRate: 0.02,
      batchSize: 8,
      steps: 30,
      evaluations: 5,
      reduction: 'mean',
      normaliseGradient: true,
      metrics: heads.map(({ name, kind }) => ({
        key: `${METRIC[kind]}:${name}`,
        name: METRIC[kind],
        head: name,
      })),
      plainLoss: Object.fromEntries(heads.map(({ name, kind }) => [name, PLAIN[kind]])),
      ...setup,
    },
    registries: {
      losses: builtinLosses.with(losses ?? []),
      schedules: builtinSchedules.with(schedules ?? []),
      models: builtinModels,
      metrics: builtinMetrics,
    },
    engine: engine ?? eager,
  });
}

export const jobFor = (candidate: Candidate, rest: Partial<TrialJob> = {}): TrialJob => ({
  candidate,
  seed: 'study/1/search/0',
  fidelity: 5,
  part: 'validation',
  keepPredictions: false,
  keepCheckpoint: false,
  ...rest,
});

export type Trained = Extract<TrialOutcome, { state: 'trained' }>;
export type Diverged = Extract<TrialOutcome, { state: 'diverged' }>;

export function trained(outcome: TrialOutcome): Trained {
  if (outcome.state !== 'trained') throw new Error(`the trial diverged: ${outcome.reason}`);
  return outcome;
}

export function diverged(outcome: TrialOutcome): Diverged {
  if (outcome.state !== 'diverged') throw new Error('the trial did not diverge');
  return outcome;
}

/** The eager engine, noting what drives every chunk. */
export function watchedEngine(): {
  readonly engine: Engine;
  readonly chunks: ChunkInputs[];
  prepared: number;
} {
  const watched = {
    chunks: [] as ChunkInputs[],
    prepared: 0,
    engine: {
      ...eager,
      prepare: async (problem) => {
        watched.prepared++;
        const session = await eager.prepare(problem);
        return {
          ...session,
          train: (members) => {
            watched.chunks.push(...members.map(({ inputs }) => inputs));
            return session.train(members);
          },
        };
      },
    } satisfies Engine,
  };
  return watched;
}

const focal = { name: 'focal', parameters: { gamma: 2 } } as const;
const heads = { class: { name: 'cross-entropy' }, value: { name: 'mse' } } as const;
const pacing = { function: 'linear', start: 0.3, full: 0.7 } as const;

export interface TrialCase {
  readonly note: string;
  readonly heads?: readonly Head[];
  readonly candidate: Candidate;
}

/** Candidates that between them use all that a trial carries from chunk to chunk. */
export const CANDIDATES: readonly TrialCase[] = [
  { note: 'plain', candidate: { loss: { name: 'cross-entropy' } } },
  {
    note: 'scheduled',
    candidate: {
      loss: { name: 'focal', parameters: { gamma: { schedule: 'linear', from: 0, to: 4 } } },
      learningRate: 0.05,
    },
  },
  {
    note: 'plateau',
    candidate: {
      loss: {
        name: 'focal',
        parameters: { gamma: { schedule: 'plateau', from: 0, to: 3, patience: 1, tolerance: 0.5 } },
      },
    },
  },
  {
    note: 'dynamic weight average',
    heads: [MULTICLASS, REGRESSION],
    candidate: { loss: { name: 'multi-task', heads, weighting: { name: 'dynamic-weight-average' } } },
  },
  {
    note: 'uncertainty',
    heads: [MULTICLASS, REGRESSION],
    candidate: { loss: { name: 'multi-task', heads, weighting: { name: 'uncertainty' } } },
  },
  ...(['easy-first', 'hard-first', 'random'] as const).map((order): TrialCase => ({
    note: `paced by reference loss, ${order}`,
    candidate: {
      loss: focal,
      curriculum: { kind: 'paced', difficulty: { score: 'reference-loss' }, order, pacing },
    },
  })),
  {
    note: 'paced by column',
    candidate: {
      loss: focal,
      curriculum: {
        kind: 'paced',
        difficulty: { score: 'column', column: 'hardness' },
        order: 'easy-first',
        pacing,
      },
    },
  },
  {
    note: 'paced by class rarity',
    candidate: {
      loss: focal,
      curriculum: { kind: 'paced', difficulty: { score: 'class-rarity' }, order: 'easy-first', pacing },
    },
  },
  {
    note: 'self-paced, hard',
    candidate: {
      loss: focal,
      curriculum: { kind: 'self-paced', weights: 'hard', direction: 'down', threshold: 0.6 },
    },
  },
  {
    note: 'self-paced, linear, scheduled',
    candidate: {
      loss: focal,
      curriculum: {
        kind: 'self-paced',
        weights: 'linear',
        direction: 'up',
        threshold: { schedule: 'linear', from: 0.3, to: 1 },
      },
    },
  },
];
