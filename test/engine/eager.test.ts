import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eager } from '../../src/engine/eager.js';
import type { ChunkResult, EngineProblem, EngineSession } from '../../src/engine/engine.js';
import { builtinModels } from '../../src/models/registry.js';
import { liveTensors, useBackend } from '../../src/tensor/index.js';
import { stepsDone } from '../../src/train/optimizer-state.js';
import { builtinOptimizers } from '../../src/train/registry.js';
import { chunkFor, cutChunk, defaultOptimizer, initialState, problemFor } from './problems.js';
import { BINARY, MULTICLASS, REGRESSION, toyData } from './toy-data.js';

beforeAll(() => useBackend('wasm'));

/** Opens a session for a body, and checks that nothing stays behind. */
async function withSession<Result>(
  problem: EngineProblem,
  body: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const before = liveTensors();
  const session = await eager.prepare(problem);
  try {
    return await body(session);
  } finally {
    session.dispose();
    expect(liveTensors()).toBe(before);
  }
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const MULTI_TASK = {
  name: 'multi-task',
  heads: { label: { name: 'focal' }, class: { name: 'cross-entropy' }, value: { name: 'huber' } },
  weighting: { name: 'uncertainty' },
} as const;

const image = toyData({ heads: [MULTICLASS], inputShape: [4, 4, 1] });
const TASKS = [
  { data: image, loss: { name: 'focal', parameters: { gamma: 2 } } },
  { data: toyData({ heads: [BINARY], inputShape: [4, 4, 1] }), loss: { name: 'balanced-focal' } },
  { data: toyData({ heads: [BINARY, MULTICLASS, REGRESSION], inputShape: [4, 4, 1] }), loss: MULTI_TASK },
] as const;

const MODELS = {
  mlp: { name: 'mlp', hidden: [8] },
  cnn: { name: 'cnn', channels: [4], hidden: [6] },
} as const;

it('covers every model', () => {
  expect(Object.keys(MODELS)).toEqual(builtinModels.members.map(({ name }) => name));
});

const grid = Object.values(MODELS).flatMap((model) =>
  builtinOptimizers.members.flatMap(({ name: optimizer }) =>
    TASKS.map((task) => ({ model, optimizer, task, loss: task.loss.name })),
  ),
);

describe.each(grid)('eager: $model.name, $optimizer, $loss', ({ model, optimizer, task }) => {
  const problem = problemFor(task.data, {
    loss: task.loss,
    model,
    optimizer: defaultOptimizer(optimizer),
    batchSize: 16,
  });
  const rate = optimizer.startsWith('adam') ? 0.01 : 0.02;

  it('learns, splits into chunks without a trace, and frees everything', async () => {
    const state = initialState(problem);
    const chunk = chunkFor(problem, 24, { learningRate: rate });
    await withSession(problem, async (session) => {
      const [whole] = await session.train([{ state, inputs: chunk }]);
      const [first] = await session.train([{ state, inputs: cutChunk(chunk, 0, 10) }]);
      const [second] = await session.train([{ state: first!.state, inputs: cutChunk(chunk, 10, 24) }]);
      expect(second!.state).toEqual(whole!.state);
      const joined = (key: 'losses' | 'headLosses' | 'perSample') => [...first![key], ...second![key]];
      expect(joined('losses')).toEqual([...whole!.losses]);
      expect(joined('headLosses')).toEqual([...whole!.headLosses]);
      expect(joined('perSample')).toEqual([...whole!.perSample]);

      expect(whole!.losses.every(Number.isFinite)).toBe(true);
      expect(stepsDone(whole!.state.optimizer)).toBe(24);
      const per = whole!.perSample;
      expect(mean(per.slice(-6 * 16))).toBeLessThan(mean(per.slice(0, 6 * 16)));
    });
  });
});

describe('eager', () => {
  const problem = problemFor(toyData({ heads: [MULTICLASS] }), { loss: { name: 'focal' }, batchSize: 8 });
  const chunk = chunkFor(problem, 5);
  let session: EngineSession;
  let alone: ChunkResult;

  beforeAll(async () => {
    session = await eager.prepare(problem);
    alone = (await session.train([{ state: initialState(problem), inputs: chunk }]))[0]!;
  });
  afterAll(() => session.dispose());

  it('gives a member the same numbers alone and among others', async () => {
    const other = { state: initialState(problem, 'other'), inputs: chunkFor(problem, 3, { key: 'other' }) };
    const results = await session.train([other, { state: initialState(problem), inputs: chunk }, other]);
    expect(results[1]).toEqual(alone);
    expect(results[2]).toEqual(results[0]);
    expect(results[0]!.losses).toHaveLength(3);
  });

  it('leaves the state that it was given alone', async () => {
    const state = initialState(problem);
    await session.train([{ state, inputs: chunk }]);
    expect(state).toEqual(initialState(problem));
  });

  it('reports the reduced loss before scaling', async () => {
    const [scaled] = await session.train([
      { state: initialState(problem), inputs: { ...chunk, lossScale: 3 } },
    ]);
    expect(scaled!.losses[0]).toBe(alone.losses[0]);
    const first = alone.perSample.slice(0, 8);
    const reduced = first.reduce((sum, loss, row) => sum + loss * chunk.weights[row]!, 0) / 8;
    expect(alone.losses[0]).toBeCloseTo(reduced, 5);
    expect(alone.headLosses[0]).toBeCloseTo(mean(first), 5);
  });

  it('takes θ, weights and learning rate of each step', async () => {
    const state = initialState(problem);
    const changed = async (inputs: typeof chunk) => (await session.train([{ state, inputs }]))[0]!.losses;
    const theta = chunk.theta.map((value, step) => (step < 3 ? value : 0));
    const byTheta = await changed({ ...chunk, theta });
    expect([...byTheta.slice(0, 3)]).toEqual([...alone.losses.slice(0, 3)]);
    expect(byTheta[3]).not.toBe(alone.losses[3]);
    const rates = chunk.learningRates.map((rate, step) => (step === 1 ? 0 : rate));
    const byRate = await changed({ ...chunk, learningRates: rates });
    expect(byRate[1]).toBe(alone.losses[1]);
    expect(byRate[2]).not.toBe(alone.losses[2]);
    const byWeight = await changed({ ...chunk, weights: chunk.weights.map((weight) => weight * 2) });
    expect(byWeight[0]).toBeCloseTo(2 * alone.losses[0]!, 5);
  });

  it('measures the norm of the gradient by what plain gradient descent would move', async () => {
    const descent = problemFor(problem.data, { loss: { name: 'focal' }, optimizer: { name: 'sgd' } });
    const state = initialState(descent);
    const inputs = cutChunk(chunkFor(descent, 4, { learningRate: 1, lossScale: 7 }), 2, 3);
    await withSession(descent, async (plain) => {
      const norms = await plain.gradientNorms(state, chunkFor(descent, 4, { lossScale: 7 }));
      const [result] = await plain.train([{ state, inputs: { ...inputs, lossScale: 1 } }]);
      let square = 0;
      for (const [name, { values }] of Object.entries(state.parameters)) {
        values.forEach((value, index) => {
          square += (value - result!.state.parameters[name]!.values[index]!) ** 2;
        });
      }
      expect(norms).toHaveLength(4);
      expect(norms[2]! / Math.sqrt(square)).toBeCloseTo(1, 4);
    });
  });

  it('leaves learned parameters of the loss out of the norm', async () => {
    const data = toyData({ heads: [MULTICLASS, REGRESSION] });
    const heads = { class: { name: 'cross-entropy' }, value: { name: 'mse' } };
    const even = { name: 'multi-task', heads, weighting: { name: 'fixed', weights: {} } } as const;
    const learned = { name: 'multi-task', heads, weighting: { name: 'uncertainty' } } as const;
    const norm = async (loss: typeof even | typeof learned): Promise<number> => {
      const own = problemFor(data, { loss });
      const state = initialState(own);
      // exp(s)/2 with s = log(1/2) gives every head the weight 1 that `fixed` gives it.
      const parameters = Object.fromEntries(
        Object.entries(state.parameters).map(([name, tensor]) => [
          name,
          name.startsWith('loss/') ? { ...tensor, values: Float32Array.of(Math.log(0.5)) } : tensor,
        ]),
      );
      return withSession(own, async (open) =>
        mean(await open.gradientNorms({ ...state, parameters }, chunkFor(own, 2))),
      );
    };
    expect((await norm(learned)) / (await norm(even))).toBeCloseTo(1, 5);
  });

  it('predicts any samples in any order, in more than one batch', async () => {
    const { parameters } = initialState(problem);
    const [once] = await session.predict([parameters], Int32Array.of(5, 3));
    const [many] = await session.predict(
      [parameters],
      Int32Array.from({ length: 1030 }, (_, row) => (row === 1029 ? 3 : row % 50)),
    );
    expect(many!.class).toHaveLength(1030 * 3);
    const row = (values: Float32Array, index: number) => [...values.slice(3 * index, 3 * index + 3)];
    expect(row(many!.class!, 5)).toEqual(row(many!.class!, 55));
    row(once!.class!, 1).forEach((value, index) =>
      expect(value).toBeCloseTo(row(many!.class!, 1029)[index]!, 5),
    );
    const [none] = await session.predict([parameters], new Int32Array(0));
    expect(none!.class).toHaveLength(0);
  });

  it('passes on what a loss throws, and goes on working', async () => {
    const broken: EngineProblem = {
      ...problem,
      loss: {
        ...problem.loss,
        perSample: () => {
          throw new Error('the loss is broken');
        },
      },
    };
    const open = await eager.prepare(broken);
    const member = { state: initialState(problem), inputs: chunk };
    await expect(open.train([member])).rejects.toThrow('the loss is broken');
    open.dispose();
    expect((await session.train([member]))[0]).toEqual(alone);
  });
});
