import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import type { ChunkResult, EngineProblem } from '../../src/engine/engine.js';
import type { TargetKind } from '../../src/problem/head.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { useBackend } from '../../src/tensor/index.js';
import { chunkFor, cutChunk, initialState, problemFor } from './problems.js';
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
  return arrays
    .map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'))
    .join(' ');
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
  it.each([16, 13])('mlp, batch %i', async (batchSize) => {
    const data = toyData({ heads: [HEADS[kind]], inputShape: [5] });
    await expectInvariance(
      problemFor(data, { loss: { name: loss }, model: { name: 'mlp', hidden: [9, 7] }, batchSize }),
    );
  });
});
