import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import { createCompiledSession } from '../../src/engine/compiled/compiled-session.js';
import type { ChunkResult, EngineProblem } from '../../src/engine/engine.js';
import type { TargetKind } from '../../src/problem/head.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { COMPOSITES } from './composites.js';
import { useBackend } from '../../src/tensor/index.js';
import { builtinOptimizers } from '../../src/train/registry.js';
import { chunkFor, cutChunk, defaultOptimizer, initialState, problemFor } from './problems.js';
import { BINARY, MULTICLASS, REGRESSION, toyData } from './toy-data.js';

beforeAll(() => useBackend('wasm'));

const HEADS = { binary: BINARY, multiclass: MULTICLASS, regression: REGRESSION } as const;
const COHORTS = [2, 7, 16, 64];
const STEPS = 6;

const bytes = ({ state, losses, headLosses, perSample }: ChunkResult): string => {
  const arrays = [
    ...Object.values(state.parameters).map(({ values }) => values),
    ...Object.values(state.optimizer).map(({ values }) => values),
    ...[losses, headLosses, perSample],
  ];
  const hash = createHash('sha256');
  for (const values of arrays) hash.update(values);
  return hash.digest('hex');
};

/** Member `index` of an endless population: each has weights, batches and a loss scale of its own. */
const member = (problem: EngineProblem, index: number) => ({
  state: initialState(problem, `member ${index}`),
  inputs: chunkFor(problem, STEPS, { key: `member ${index}`, learningRate: 0.01, lossScale: 1 + index / 10 }),
});

async function expectInvariance(problem: EngineProblem): Promise<void> {
  const session = await compiled.prepare(problem);
  try {
    const population = Array.from({ length: Math.max(...COHORTS) }, (_, index) => member(problem, index));
    const alone: string[] = [];
    for (const one of population) alone.push(...(await session.train([one])).map(bytes));
    for (const size of COHORTS) {
      const cohort = await session.train(population.slice(0, size));
      expect(cohort.map(bytes), `cohort of ${size}`).toEqual(alone.slice(0, size));
    }
    const turned = [...population.slice(0, 7)].reverse();
    expect((await session.train(turned)).map(bytes)).toEqual(alone.slice(0, 7).reverse());
    // Members with one seed read the same samples, which are gathered once.
    const sharing = population.slice(0, 7).map(({ state, inputs }) => ({
      state,
      inputs: { ...inputs, indices: population[0]!.inputs.indices },
    }));
    const apart: string[] = [];
    for (const one of sharing) apart.push(...(await session.train([one])).map(bytes));
    expect((await session.train(sharing)).map(bytes), 'the same samples').toEqual(apart);
    const mixed = [...population.slice(7, 9), ...sharing];
    expect((await session.train(mixed)).map(bytes), 'some with the same samples').toEqual([
      ...alone.slice(7, 9),
      ...apart,
    ]);
    const weights = population.slice(0, 5).map(({ state }) => state.parameters);
    const samples = problem.data.parts.validation;
    const together = await session.predict(weights, samples);
    for (const [index, one] of weights.entries()) {
      expect(await session.predict([one], samples)).toEqual([together[index]]);
    }
    // In pieces of 1, 2 and 3 steps.
    let pieces = population.slice(0, 3).map(({ state }) => state);
    for (const [from, to] of [
      [0, 1],
      [1, 3],
      [3, 6],
    ] as const) {
      const results = await session.train(
        pieces.map((state, index) => ({ state, inputs: cutChunk(population[index]!.inputs, from, to) })),
      );
      pieces = results.map(({ state }) => state);
    }
    const whole = await session.train(population.slice(0, 3));
    expect(pieces).toEqual(whole.map(({ state }) => state));
  } finally {
    session.dispose();
  }
}

const cases = builtinLosses.members.flatMap((loss) =>
  (Object.keys(loss.perSample) as TargetKind[]).map((kind) => ({ loss: loss.name, kind })),
);

describe.each(cases)("a trial's numbers do not depend on its cohort: $loss, $kind", ({ loss, kind }) => {
  // 13 values fill no vector register: the harder case for elementwise operators.
  it('mlp', async () => {
    const data = toyData({ heads: [HEADS[kind]], inputShape: [5] });
    await expectInvariance(
      problemFor(data, { loss: { name: loss }, model: { name: 'mlp', hidden: [9, 7] }, batchSize: 13 }),
    );
  });
});

describe.each(COMPOSITES)("a trial's numbers do not depend on its cohort: $what", ({ heads, loss }) => {
  it('mlp', async () => {
    const data = toyData({ heads, inputShape: [5] });
    await expectInvariance(problemFor(data, { loss, model: { name: 'mlp', hidden: [9, 7] }, batchSize: 13 }));
  });
});

it.each(builtinOptimizers.members.map(({ name }) => name))('nor with %s', async (optimizer) => {
  const data = toyData({ heads: [MULTICLASS], inputShape: [5] });
  await expectInvariance(
    problemFor(data, { loss: { name: 'focal' }, optimizer: defaultOptimizer(optimizer), batchSize: 13 }),
  );
});

it("nor do a convolutional network's", async () => {
  const data = toyData({ heads: [MULTICLASS], inputShape: [4, 4, 2] });
  const model = { name: 'cnn', channels: [5], hidden: [6] };
  await expectInvariance(problemFor(data, { loss: { name: 'focal' }, model, batchSize: 13 }));
});

it("nor do a convolutional network's whose channels fill blocks", async () => {
  const data = toyData({ heads: [MULTICLASS], inputShape: [8, 8, 1] });
  const model = { name: 'cnn', channels: [16, 32], hidden: [6] };
  await expectInvariance(problemFor(data, { loss: { name: 'focal' }, model, batchSize: 13 }));
});

it('nor at the sizes of real tasks', async () => {
  const data = toyData({ heads: [BINARY], inputShape: [6], sizes: [600, 150, 50, 50] });
  const model = { name: 'mlp', hidden: [64, 64] };
  await expectInvariance(problemFor(data, { loss: { name: 'balanced-focal' }, model, batchSize: 128 }));
});

describe('nor on how many threads it trains', () => {
  const bytesWith = async (problem: EngineProblem, threads: number): Promise<readonly string[]> => {
    const session = createCompiledSession(problem, threads);
    const population = Array.from({ length: 3 }, (_, index) => member(problem, index));
    const results = await session.train(population);
    const predictions = await session.predict(
      population.map(({ state }) => state.parameters),
      problem.data.parts.validation,
    );
    session.dispose();
    return [...results.map(bytes), JSON.stringify(predictions)];
  };
  const sizes = [300, 60, 20, 20] as const;
  it('mlp', async () => {
    const data = toyData({ heads: [MULTICLASS], inputShape: [40], sizes });
    const model = { name: 'mlp', hidden: [64, 64] };
    const problem = problemFor(data, { loss: { name: 'focal' }, model, batchSize: 64 });
    expect(await bytesWith(problem, 2)).toEqual(await bytesWith(problem, 1));
  });

  it.each([
    { inputShape: [16, 16, 1], channels: [16, 32], batchSize: 64 },
    { inputShape: [16, 16, 3], channels: [32, 16], batchSize: 32 },
    { inputShape: [16, 16, 3], channels: [12, 20], batchSize: 32 },
    { inputShape: [8, 8, 16], channels: [5, 24], batchSize: 15 },
    { inputShape: [8, 8, 3], channels: [16, 8], batchSize: 31 },
    { inputShape: [16, 16, 2], channels: [48, 8, 16], batchSize: 7 },
  ])(
    'cnn, $inputShape, channels $channels, batch $batchSize',
    async ({ inputShape, channels, batchSize }) => {
      const data = toyData({ heads: [MULTICLASS], inputShape, sizes });
      const model = { name: 'cnn', channels, hidden: [32] };
      const problem = problemFor(data, { loss: { name: 'focal' }, model, batchSize });
      expect(await bytesWith(problem, 2)).toEqual(await bytesWith(problem, 1));
    },
  );
});
