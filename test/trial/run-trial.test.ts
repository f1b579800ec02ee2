import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/candidate/candidate.js';
import type { Loss } from '../../src/losses/loss.js';
import { ops, useBackend } from '../../src/tensor/index.js';
import { runTrial } from '../../src/trial/run-trial.js';
import { BINARY, MULTICLASS, REGRESSION } from '../engine/toy-data.js';
import { diverged, jobFor, toyContext, trained, watchedEngine, type ContextOptions } from './trials.js';

beforeAll(() => useBackend('wasm'));

/** A loss for multiclass heads out of the cross-entropy of each sample [N]. */
const lossOf = (name: string, change: NonNullable<Loss['perSample']['multiclass']>): Loss => ({
  name,
  summary: 'for tests',
  parameters: [],
  perSample: { multiclass: change },
  source: 'this test',
});
const crossEntropy: NonNullable<Loss['perSample']['multiclass']> = ({ prediction, target }) =>
  ops.neg(ops.sum(ops.mul(target, ops.logSoftmax(prediction)), -1));

const LOSSES: readonly Loss[] = [
  lossOf('hundredfold', (inputs) => ops.mul(crossEntropy(inputs), 100)),
  lossOf('flat', (inputs) => ops.mul(crossEntropy(inputs), 0)),
  lossOf('broken', (inputs) => ops.sqrt(ops.mul(crossEntropy(inputs), -1))),
  lossOf('throwing', () => {
    throw new Error('this loss throws');
  }),
];

/** Runs one trial on the eager engine and notes its chunks. */
async function watch(candidate: Candidate, options: ContextOptions = {}, fidelity = 5) {
  const watched = watchedEngine();
  const context = toyContext({ ...options, engine: watched.engine, losses: LOSSES });
  const outcome = await runTrial(jobFor(candidate, { fidelity, keepCheckpoint: true }), context);
  return { outcome, chunks: watched.chunks, context };
}

const joined = (chunks: readonly { readonly indices: Int32Array }[]): number[] =>
  chunks.flatMap(({ indices }) => [...indices]);

describe('θ', () => {
  it('follows progress over the whole training, also in a rung', async () => {
    const gamma = { schedule: 'linear', from: 0, to: 2.9 };
    const candidate = { loss: { name: 'focal', parameters: { gamma } } };
    const { chunks } = await watch(candidate, {}, 2);
    const theta = chunks.flatMap((chunk) => [...chunk.theta]);
    // 30 steps: step s has progress s/29, so γ = s/10.
    expect(theta).toHaveLength(12);
    theta.forEach((value, step) => expect(value).toBeCloseTo(step / 10, 5));
  });

  it('stands still within a chunk and follows the validation loss between chunks', async () => {
    const gamma = { schedule: 'plateau', from: 0, to: 3, stages: 3, patience: 1, tolerance: 1000 };
    const { chunks } = await watch({ loss: { name: 'focal', parameters: { gamma } } });
    // The first loss is below infinity, and after it none improves by 1000: a stage after each later chunk.
    expect(chunks.map(({ theta }) => [...new Set(theta)])).toEqual([[0], [0], [1], [2], [3]]);
  });

  it('of dynamic weight average is 1 for two chunks and then follows the ratios of head losses', async () => {
    const heads = { class: { name: 'cross-entropy' }, value: { name: 'mse' } };
    const weighting = { name: 'dynamic-weight-average', temperature: 1 } as const;
    const { chunks, outcome } = await watch(
      { loss: { name: 'multi-task', heads, weighting } },
      { heads: [MULTICLASS, REGRESSION] },
    );
    expect([...chunks[0]!.theta, ...chunks[1]!.theta].every((weight) => weight === 1)).toBe(true);
    const { headLosses } = trained(outcome).checkpoint!;
    const rates = [0, 1].map((head) => Math.exp(headLosses[2]![head]! / headLosses[1]![head]!));
    expect(chunks[3]!.theta[0]).toBeCloseTo((2 * rates[0]!) / (rates[0]! + rates[1]!), 5);
    expect(chunks[3]!.theta[1]).toBeCloseTo((2 * rates[1]!) / (rates[0]! + rates[1]!), 5);
  });
});

describe('batches', () => {
  it('are the same for all candidates of a seed, shuffled epoch by epoch', async () => {
    const plain = await watch({ loss: { name: 'cross-entropy' } });
    const other = await watch({ loss: { name: 'focal' }, learningRate: 0.001 });
    const drawn = joined(plain.chunks);
    expect(joined(other.chunks)).toEqual(drawn);
    // 48 training samples: six batches of 8 are an epoch.
    const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
    const train = Array.from({ length: 48 }, (_, index) => index);
    for (let epoch = 0; epoch < 5; epoch++) {
      expect(sorted(drawn.slice(epoch * 48, epoch * 48 + 48))).toEqual(train);
    }
    expect(drawn.slice(0, 48)).not.toEqual(drawn.slice(48, 96));
  });

  it('of a paced curriculum start with the easy part and end with everything', async () => {
    const curriculum: Candidate['curriculum'] = {
      kind: 'paced',
      difficulty: { score: 'column', column: 'hardness' },
      order: 'easy-first',
      pacing: { function: 'linear', start: 0.25, full: 0.5 },
    };
    const { chunks, context } = await watch({ loss: { name: 'cross-entropy' }, curriculum });
    const hardness = [...context.data.columns.hardness!.slice(0, 48)].sort((a, b) => a - b);
    const hardest = (indices: Int32Array) =>
      Math.max(...[...indices].map((sample) => context.data.columns.hardness![sample]!));
    expect(hardest(chunks[0]!.indices.slice(0, 8))).toBeLessThanOrEqual(hardness[11]!);
    const late = new Set(joined(chunks.slice(3)));
    expect(late.size).toBe(48);
  });

  it('by reference loss put the samples that the plain loss learns first in front', async () => {
    const curriculum: Candidate['curriculum'] = {
      kind: 'paced',
      difficulty: { score: 'reference-loss' },
      order: 'easy-first',
      pacing: { function: 'step', start: 0.25, full: 1 },
    };
    const { chunks, context } = await watch({ loss: { name: 'cross-entropy' }, curriculum });
    const reference = (await context.bySeed.referenceLosses.get('study/1/search/0'))!;
    expect(reference).toHaveLength(48);
    const cut = [...reference].sort((a, b) => a - b)[11]!;
    // The first chunk belongs to the reference training: a tenth of 5 evaluations, at least one.
    const own = chunks.slice(1);
    expect(own).toHaveLength(5);
    expect(joined(own.slice(0, 4)).every((sample) => reference[sample]! <= cut)).toBe(true);
    // It has batches of its own, not those that a trial of this seed begins with.
    const plain = await watch({ loss: { name: 'cross-entropy' } }, {}, 1);
    expect(joined(chunks.slice(0, 1))).not.toEqual(joined(plain.chunks));
  });

  it('refuse a column that the task does not have', async () => {
    const curriculum: Candidate['curriculum'] = {
      kind: 'paced',
      difficulty: { score: 'column', column: 'weight' },
      order: 'easy-first',
      pacing: { function: 'linear', start: 0.25, full: 0.5 },
    };
    await expect(watch({ loss: { name: 'cross-entropy' }, curriculum })).rejects.toThrow('no such column');
  });
});

describe('self-paced weights', () => {
  it('are 1 at first, and then 1 for the samples below the quantile of the losses last seen', async () => {
    const curriculum = { kind: 'self-paced', weights: 'hard', direction: 'down', threshold: 0.5 } as const;
    const { chunks, outcome } = await watch({ loss: { name: 'cross-entropy' }, curriculum }, {}, 3);
    expect([...chunks[0]!.weights].every((weight) => weight === 1)).toBe(true);
    // One epoch a chunk: every sample was seen once, and half of them weigh 1.
    expect(chunks[1]!.weights.reduce((sum, weight) => sum + weight, 0)).toBe(24);
    const { lastLosses } = trained(outcome).checkpoint!;
    expect(lastLosses).toHaveLength(48);
    expect(lastLosses!.every(Number.isFinite)).toBe(true);
  });

  it('ask for no losses where there is no such curriculum', async () => {
    const { outcome } = await watch({ loss: { name: 'cross-entropy' } }, {}, 1);
    expect(trained(outcome).checkpoint!.lastLosses).toBeUndefined();
  });
});

describe('the learning rate', () => {
  it('is that of the setup unless the candidate has its own', async () => {
    const rates = async (candidate: Candidate) =>
      new Set((await watch(candidate, {}, 2)).chunks.flatMap((chunk) => [...chunk.learningRates]));
    expect(await rates({ loss: { name: 'focal' } })).toEqual(new Set([Math.fround(0.02)]));
    expect(await rates({ loss: { name: 'focal' }, learningRate: 0.125 })).toEqual(new Set([0.125]));
  });
});

describe('the normalised gradient', () => {
  const sgd = { setup: { optimizer: { name: 'sgd' }, learningRate: 0.1 } } as const;

  it('makes a multiple of a loss train like the loss', async () => {
    const plain = await watch({ loss: { name: 'cross-entropy' } }, sgd);
    const scaled = await watch({ loss: { name: 'hundredfold' } }, sgd);
    expect(plain.chunks[0]!.lossScale).toBe(1);
    expect(scaled.chunks[0]!.lossScale).toBeCloseTo(0.01, 6);
    const [one, other] = [trained(plain.outcome).curve, trained(scaled.outcome).curve];
    one.forEach((point, index) => {
      expect(other[index]!.validationLoss).toBeCloseTo(point.validationLoss, 4);
      expect(other[index]!.trainLoss / point.trainLoss).toBeCloseTo(100, 1);
    });
  });

  it('is left alone where the setup says so', async () => {
    const setup = { ...sgd.setup, normaliseGradient: false };
    const { chunks, outcome } = await watch({ loss: { name: 'hundredfold' } }, { setup });
    expect(chunks[0]!.lossScale).toBe(1);
    const plain = await watch({ loss: { name: 'cross-entropy' } }, { setup });
    expect(outcome).not.toEqual(plain.outcome);
  });

  it.each([
    ['flat', 'the gradient of the loss is 0 at the start'],
    ['broken', 'the gradient of the loss is not finite at the start'],
  ])('tells of a loss that cannot set out: %s', async (name, reason) => {
    const { outcome, chunks } = await watch({ loss: { name } });
    expect(diverged(outcome)).toEqual({ state: 'diverged', steps: 0, reason, curve: [] });
    expect(chunks).toHaveLength(0);
  });
});

describe('divergence', () => {
  it('tells the step and the value of a loss that is not finite', async () => {
    const setup = { normaliseGradient: false };
    const { outcome } = await watch({ loss: { name: 'broken' } }, { setup });
    const { steps, reason, curve } = diverged(outcome);
    expect([steps, reason, curve]).toEqual([1, 'the training loss is NaN at step 1', []]);
  });

  it('finds an explosion, and keeps the curve up to it', async () => {
    const setup = { optimizer: { name: 'sgd' }, learningRate: 0.05 } as const;
    const context = toyContext({ heads: [REGRESSION], setup });
    const first = trained(
      await runTrial(jobFor({ loss: { name: 'mse' } }, { fidelity: 2, keepCheckpoint: true }), context),
    );
    const { checkpoint } = first;
    const job = jobFor({ loss: { name: 'mse' }, learningRate: 1e6 }, { checkpoint: checkpoint! });
    const { steps, reason, curve } = diverged(await runTrial(job, context));
    expect(steps).toBeGreaterThan(12);
    expect(reason).toMatch(/is (NaN|Infinity)|has exploded/);
    expect(curve).toEqual(first.curve);
  });
});

describe('the outcome', () => {
  it('has the plain loss and the primary metric on the validation part, and all metrics on the part asked for', async () => {
    const heads = [BINARY, REGRESSION];
    const context = toyContext({ heads });
    const losses = { label: { name: 'focal' }, value: { name: 'mae' } };
    const candidate: Candidate = {
      loss: { name: 'multi-task', heads: losses, weighting: { name: 'fixed', weights: { label: 0.3 } } },
    };
    const job = jobFor(candidate, { keepPredictions: true });
    const { curve, predictions, metrics, ...rest } = trained(await runTrial(job, context));
    expect(rest).toEqual({ state: 'trained', steps: 30 });

    const { data } = context;
    const { validation } = data.parts;
    let plain = 0;
    let square = 0;
    validation.forEach((sample, row) => {
      const logit = predictions!.label![row]!;
      plain +=
        Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(logit, 0) - logit * data.targets.label![sample]!;
      for (const output of [0, 1]) {
        const error = predictions!.value![row * 2 + output]! - data.targets.value![sample * 2 + output]!;
        plain += error ** 2 / 2;
        square += error ** 2;
      }
    });
    expect(curve).toHaveLength(5);
    expect(curve.at(-1)!.validationLoss).toBeCloseTo(plain / validation.length, 4);
    expect(curve.at(-1)!.validationScore).toBe(metrics['auroc:label']);
    expect(metrics['rmse:value']).toBeCloseTo(Math.sqrt(square / (2 * validation.length)), 5);

    const tested = trained(await runTrial({ ...job, part: 'test' }, context));
    expect(tested.curve).toEqual(curve);
    expect(tested.predictions!.label).toHaveLength(data.parts.test.length);
    expect(tested.metrics).not.toEqual(metrics);
  });

  it('improves on the start, and differs between seeds', async () => {
    const context = toyContext({ sizes: [480, 240, 8, 8], setup: { steps: 200 } });
    const run = async (seed: string) =>
      trained(await runTrial(jobFor({ loss: { name: 'cross-entropy' } }, { seed }), context)).curve;
    const curve = await run('one');
    expect(curve.at(-1)!.validationLoss).toBeLessThan(0.8 * curve[0]!.validationLoss);
    // The commonest class of a plain guess.
    const { class: targets } = context.data.targets;
    const counts = [0, 1, 2].map(
      (label) =>
        [...context.data.parts.validation].filter((sample) => targets![sample * 3 + label] === 1).length,
    );
    expect(curve.at(-1)!.validationScore).toBeGreaterThan(Math.max(...counts) / 240 + 0.1);
    expect(await run('two')).not.toEqual(curve);
  });

  it('comes from the checkpoint alone when that has the fidelity already', async () => {
    const context = toyContext();
    const job = jobFor({ loss: { name: 'focal' } }, { fidelity: 2, keepCheckpoint: true });
    const first = trained(await runTrial(job, context));
    expect(await runTrial({ ...job, checkpoint: first.checkpoint! }, context)).toEqual(first);
  });

  it('is no outcome when the loss throws', async () => {
    await expect(watch({ loss: { name: 'throwing' } })).rejects.toThrow('this loss throws');
  });
});

describe('sessions', () => {
  it('are shared by candidates that differ in θ alone', async () => {
    const watched = watchedEngine();
    const context = toyContext({ engine: watched.engine });
    const gamma = (value: number): Candidate => ({ loss: { name: 'focal', parameters: { gamma: value } } });
    for (const value of [0, 1, 3]) await runTrial(jobFor(gamma(value), { fidelity: 1 }), context);
    // One for focal, one for the plain loss to which gradients are compared.
    expect(watched.prepared).toBe(2);
  });
});
