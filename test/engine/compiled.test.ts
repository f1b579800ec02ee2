import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import { eager } from '../../src/engine/eager.js';
import type { ChunkResult, EngineProblem } from '../../src/engine/engine.js';
import { builtinLosses } from '../../src/losses/registry.js';
import type { TargetKind } from '../../src/problem/head.js';
import { builtinModels } from '../../src/models/registry.js';
import { useBackend } from '../../src/tensor/index.js';
import { builtinOptimizers } from '../../src/train/registry.js';
import { COMPOSITES } from './composites.js';
import { chunkFor, cutChunk, defaultOptimizer, initialState, problemFor } from './problems.js';
import { BINARY, MULTICLASS, REGRESSION, toyData } from './toy-data.js';

beforeAll(() => useBackend('wasm'));

const HEADS = { binary: BINARY, multiclass: MULTICLASS, regression: REGRESSION } as const;

const MODELS = {
  mlp: { name: 'mlp', hidden: [8] },
  cnn: { name: 'cnn', channels: [4], hidden: [6] },
} as const;

it('covers every model', () => {
  expect(Object.keys(MODELS)).toEqual(builtinModels.members.map(({ name }) => name));
});

/** Largest difference, relative to the largest value. */
function distance(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  let largest = 1e-3;
  let difference = 0;
  a.forEach((value, index) => {
    largest = Math.max(largest, Math.abs(b[index]!));
    difference = Math.max(difference, Math.abs(value - b[index]!));
  });
  return difference / largest;
}

function expectAgreement(found: ChunkResult, wanted: ChunkResult, tolerance: number): void {
  for (const key of ['losses', 'headLosses', 'perSample'] as const) {
    expect(distance(found[key], wanted[key]), key).toBeLessThan(tolerance);
  }
  for (const [name, { values, shape }] of Object.entries(wanted.state.parameters)) {
    expect(found.state.parameters[name]!.shape).toEqual(shape);
    expect(distance(found.state.parameters[name]!.values, values), name).toBeLessThan(tolerance);
  }
}

async function agree(problem: EngineProblem, rate: number): Promise<void> {
  const one = await compiled.prepare(problem);
  const reference = await eager.prepare(problem);
  try {
    const state = initialState(problem);
    const chunk = chunkFor(problem, 20, { learningRate: rate, lossScale: 0.7 });
    for (const [steps, tolerance] of [
      [1, 1e-5],
      [20, 2e-3],
    ] as const) {
      const inputs = cutChunk(chunk, 0, steps);
      const [found] = await one.train([{ state, inputs }]);
      const [wanted] = await reference.train([{ state, inputs }]);
      expectAgreement(found!, wanted!, tolerance);
      const { parameters } = wanted!.state;
      const [a] = await one.predict([parameters], problem.data.parts.test);
      const [b] = await reference.predict([parameters], problem.data.parts.test);
      for (const { name } of problem.data.heads)
        expect(distance(a![name]!, b![name]!), name).toBeLessThan(1e-5);
    }
    const opening = cutChunk(chunk, 0, 3);
    const norms = await one.gradientNorms(state, opening);
    expect(distance(norms, await reference.gradientNorms(state, opening))).toBeLessThan(1e-5);
  } finally {
    one.dispose();
    reference.dispose();
  }
}

const losses = builtinLosses.members.flatMap((loss) =>
  (Object.keys(loss.perSample) as TargetKind[]).map((kind) => ({ loss: loss.name, kind })),
);

/**
 * Every loss with every optimizer, every loss with every model and every model with every optimizer: the models take
 * turns. A loss and a model meet an optimizer in nothing but the flat gradient that they hand it.
 */
const cases = losses.flatMap(({ loss, kind }, place) =>
  builtinOptimizers.members.map(({ name: optimizer }, turn) => {
    const models = Object.values(MODELS);
    return { model: models[(place + turn) % models.length]!, optimizer, loss, kind };
  }),
);

describe.each(cases)(
  'compiled = eager: $model.name, $optimizer, $loss, $kind',
  ({ model, optimizer, loss, kind }) => {
    it('after 1 and after 20 steps', async () => {
      const data = toyData({ heads: [HEADS[kind]], inputShape: [4, 4, 1] });
      const rate = optimizer.startsWith('adam') ? 0.01 : 0.02;
      await agree(
        problemFor(data, {
          loss: { name: loss },
          model,
          optimizer: defaultOptimizer(optimizer),
          batchSize: 16,
        }),
        rate,
      );
    });
  },
);

describe.each(COMPOSITES)('compiled = eager: $what', ({ heads, loss }) => {
  it.each(Object.values(MODELS))('$name, after 1 and after 20 steps', async (model) => {
    const data = toyData({ heads, inputShape: [4, 4, 1] });
    await agree(problemFor(data, { loss, model, batchSize: 16 }), 0.01);
  });

  it.each(['mean', 'sum', 'weighted-mean'] as const)('reduced by %s', async (reduction) => {
    const data = toyData({ heads, inputShape: [4, 4, 1] });
    await agree(problemFor(data, { loss, reduction, batchSize: 16 }), 0.002);
  });
});
