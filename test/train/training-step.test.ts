import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/candidate/candidate.js';
import { stream } from '../../src/core/random.js';
import type { ChunkInputs, EngineProblem, MemberState } from '../../src/engine/engine.js';
import { classCounts } from '../../src/engine/class-counts.js';
import { stepProblemOf } from '../../src/engine/step-problem-of.js';
import { sampleTensors, thetaTensors, uploadAll } from '../../src/engine/step-tensors.js';
import type { Head } from '../../src/problem/head.js';
import type { HostParameters, Parameters } from '../../src/models/model.js';
import { liveTensors, read, scalar, tensorFrom, tidy, useBackend } from '../../src/tensor/index.js';
import { flatLayout, flatten, flattenSlots, unflatten, unflattenSlots } from '../../src/train/flat-layout.js';
import { flatTrainingStep } from '../../src/train/flat-step.js';
import { lossGradients, type BatchInputs } from '../../src/train/loss-gradients.js';
import { slotsOnly, stepsDone } from '../../src/train/optimizer-state.js';
import { builtinOptimizers } from '../../src/train/registry.js';
import { trainingStep } from '../../src/train/training-step.js';
import { chunkFor, defaultOptimizer, initialState, problemFor } from '../engine/problems.js';
import { BINARY, MULTICLASS, REGRESSION, toyData } from '../engine/toy-data.js';

beforeAll(() => useBackend('wasm'));

/** First batch of a chunk as tensors. */
function firstBatch(problem: EngineProblem, chunk: ChunkInputs): BatchInputs {
  const sizes = problem.loss.slots.map(({ size }) => size);
  return {
    ...sampleTensors(problem.data, chunk.indices.subarray(0, problem.batchSize)),
    weights: tensorFrom(chunk.weights.slice(0, problem.batchSize), [problem.batchSize]),
    theta: thetaTensors(chunk.theta, sizes),
    classCounts: Object.fromEntries(
      Object.entries(classCounts(problem.data)).map(([head, values]) => [
        head,
        tensorFrom(values, [values.length]),
      ]),
    ),
  };
}

const onHost = (parameters: Parameters): HostParameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, values: read(tensor).slice() },
    ]),
  );

/** Reduced loss and gradients of the first batch on the host. */
function gradientsAt(problem: EngineProblem, parameters: HostParameters, chunk: ChunkInputs, lossScale = 1) {
  let result: { loss: number; gradients: HostParameters } | undefined;
  tidy(() => {
    const { loss, gradients } = lossGradients(
      stepProblemOf(problem),
      uploadAll(parameters),
      firstBatch(problem, chunk),
      scalar(lossScale),
    );
    result = { loss: read(loss)[0]!, gradients: onHost(gradients) };
  });
  return result!;
}

/** Parameters moved by `distance` along a direction. */
function moved(parameters: HostParameters, direction: HostParameters, distance: number): HostParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value, index) => value + distance * direction[name]!.values[index]!) },
    ]),
  );
}

const LOSS: Readonly<Record<string, Candidate['loss']>> = {
  focal: { name: 'focal', parameters: { gamma: 1.5 } },
  mixture: {
    name: 'weighted-sum',
    terms: [
      { weight: 0.3, loss: { name: 'cross-entropy' } },
      { weight: 2, loss: { name: 'label-smoothing', parameters: { epsilon: 0.2 } } },
    ],
  },
  uncertainty: {
    name: 'multi-task',
    heads: { class: { name: 'cross-entropy' }, value: { name: 'mse' } },
    weighting: { name: 'uncertainty' },
  },
};

// Smooth activations: central differences would step over the kink of relu. Pooling keeps its winners for a
// small step.
const CASES: readonly {
  readonly model: { readonly name: string } & Record<string, unknown>;
  readonly input: readonly number[];
  readonly heads: readonly Head[];
  readonly loss: string;
}[] = [
  {
    model: { name: 'mlp', hidden: [6, 5], activation: 'tanh' },
    input: [4],
    heads: [MULTICLASS],
    loss: 'focal',
  },
  {
    model: { name: 'mlp', hidden: [6], activation: 'softplus' },
    input: [4],
    heads: [BINARY],
    loss: 'mixture',
  },
  {
    model: { name: 'mlp', hidden: [6], activation: 'elu' },
    input: [4],
    heads: [MULTICLASS, REGRESSION],
    loss: 'uncertainty',
  },
  {
    model: { name: 'cnn', channels: [3, 4], hidden: [5], activation: 'tanh' },
    input: [4, 4, 2],
    heads: [MULTICLASS],
    loss: 'focal',
  },
];

describe.each(CASES)('gradient of $model.name with $loss', ({ model, input, heads, loss }) => {
  const data = toyData({ heads, inputShape: input });
  const problem = problemFor(data, { loss: LOSS[loss]!, model });
  const { parameters } = initialState(problem);
  const chunk = chunkFor(problem, 1);

  it('equals central differences along random directions in every parameter', () => {
    const { gradients } = gradientsAt(problem, parameters, chunk);
    const h = 1e-3;
    for (const moving of Object.keys(parameters)) {
      const random = stream('direction', moving);
      const direction = Object.fromEntries(
        Object.entries(parameters).map(([name, { shape, values }]) => [
          name,
          { shape, values: values.map(() => (name === moving ? random.normal() : 0)) },
        ]),
      );
      const { values } = gradients[moving]!;
      const slope = values.reduce((sum, value, index) => sum + value * direction[moving]!.values[index]!, 0);
      const up = gradientsAt(problem, moved(parameters, direction, h), chunk).loss;
      const down = gradientsAt(problem, moved(parameters, direction, -h), chunk).loss;
      const difference = (up - down) / (2 * h);
      expect(Math.abs(slope - difference), moving).toBeLessThan(2e-3 * Math.max(0.1, Math.abs(slope)));
    }
  });

  it('is proportional to the loss scale, and the loss that is reported is not', () => {
    const plain = gradientsAt(problem, parameters, chunk);
    const scaled = gradientsAt(problem, parameters, chunk, 4);
    expect(scaled.loss).toBe(plain.loss);
    for (const [name, { values }] of Object.entries(plain.gradients)) {
      values.forEach((value, index) =>
        expect(scaled.gradients[name]!.values[index]).toBeCloseTo(4 * value, 5),
      );
    }
  });

  it('leaks no tensor', () => {
    const before = liveTensors();
    gradientsAt(problem, parameters, chunk);
    expect(liveTensors()).toBe(before);
  });
});

/** One step of a member on the first batch of a chunk, with named or flat parameters. */
function stepOnce(problem: EngineProblem, state: MemberState, chunk: ChunkInputs, flat: boolean) {
  const step = stepProblemOf(problem);
  const { rule, spec } = step.optimizer;
  const layout = flatLayout(state.parameters);
  const slots = slotsOnly(state.optimizer);
  let result: { parameters: HostParameters; slots: HostParameters; statistics: number[][] } | undefined;
  tidy(() => {
    const inputs = {
      ...firstBatch(problem, chunk),
      parameters: uploadAll(flat ? flatten(layout, state.parameters) : state.parameters),
      optimizerState: uploadAll(flat ? flattenSlots(layout, rule.slots, slots) : slots),
      scalars: rule
        .scalars(spec, stepsDone(state.optimizer) + 1, chunk.learningRates[0]!)
        .map((value) => scalar(value)),
      lossScale: scalar(chunk.lossScale),
    };
    const out = flat ? flatTrainingStep(step, layout, inputs) : trainingStep(step, inputs);
    const parameters = onHost(out.parameters);
    const optimizerState = onHost(out.optimizerState);
    result = {
      parameters: flat ? unflatten(layout, parameters) : parameters,
      slots: flat ? unflattenSlots(layout, rule.slots, optimizerState) : optimizerState,
      statistics: [out.loss, out.headLosses, out.perSample].map((tensor) => [...read(tensor)]),
    };
  });
  return result!;
}

describe('one step', () => {
  it.each(builtinOptimizers.members.map(({ name }) => name))(
    'with flat parameters equals the named one to the bit: %s',
    (name) => {
      const data = toyData({ heads: [MULTICLASS, REGRESSION] });
      const problem = problemFor(data, { loss: LOSS.uncertainty!, optimizer: defaultOptimizer(name) });
      const state = initialState(problem);
      const chunk = chunkFor(problem, 1);
      expect(stepOnce(problem, state, chunk, true)).toEqual(stepOnce(problem, state, chunk, false));
    },
  );

  it.each(['mean', 'weighted-mean', 'sum'] as const)(
    'of a linear model equals a reference in double precision: %s',
    (reduction) => {
      const data = toyData({ heads: [BINARY] });
      const problem = problemFor(data, {
        loss: { name: 'cross-entropy' },
        model: { name: 'mlp', hidden: [] },
        optimizer: { name: 'sgd' },
        batchSize: 16,
        reduction,
      });
      const state = initialState(problem);
      const chunk = chunkFor(problem, 1, { learningRate: 0.3, lossScale: 0.5 });
      const { parameters, statistics } = stepOnce(problem, state, chunk, false);

      const weight = [...state.parameters['head/label/weight']!.values];
      let bias = 0;
      const totalWeight = chunk.weights.reduce((sum, value) => sum + value, 0);
      const divisor = { mean: 16, 'weighted-mean': totalWeight, sum: 1 }[reduction];
      const losses: number[] = [];
      const step = [0, 0, 0, 0];
      let biasStep = 0;
      chunk.indices.forEach((sample, row) => {
        const x = [...data.inputs.subarray(sample * 4, sample * 4 + 4)];
        const y = data.targets.label![sample]!;
        const logit = x.reduce((sum, value, index) => sum + value * weight[index]!, bias);
        losses.push(Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(logit, 0) - logit * y);
        const slope = ((1 / (1 + Math.exp(-logit)) - y) * chunk.weights[row]!) / divisor;
        x.forEach((value, index) => (step[index]! += 0.3 * 0.5 * slope * value));
        biasStep += 0.3 * 0.5 * slope;
      });
      const updated = weight.map((value, index) => value - step[index]!);
      bias -= biasStep;
      const reduced = losses.reduce((sum, value, row) => sum + value * chunk.weights[row]!, 0) / divisor;
      const close = (actual: number, exact: number): void =>
        expect(Math.abs(actual - exact)).toBeLessThan(2e-6 * Math.max(1, Math.abs(exact)));
      updated.forEach((value, index) => close(parameters['head/label/weight']!.values[index]!, value));
      close(parameters['head/label/bias']!.values[0]!, bias);
      close(statistics[0]![0]!, reduced);
      close(statistics[1]![0]!, losses.reduce((sum, value) => sum + value, 0) / 16);
      losses.forEach((value, row) => close(statistics[2]![row]!, value));
    },
  );

  it('follows θ that is fed, not θ that the loss was built with', () => {
    const data = toyData({ heads: [MULTICLASS] });
    const problem = problemFor(data, { loss: LOSS.focal! });
    const state = initialState(problem);
    const chunk = chunkFor(problem, 1);
    const other = { ...chunk, theta: chunk.theta.map(() => 0) };
    const crossEntropy = problemFor(data, { loss: { name: 'cross-entropy' } });
    const expected = stepOnce(crossEntropy, state, { ...chunk, theta: new Float32Array(0) }, false);
    const actual = stepOnce(problem, state, other, false);
    actual.statistics[2]!.forEach((value, row) =>
      expect(value).toBeCloseTo(expected.statistics[2]![row]!, 5),
    );
    expect(stepOnce(problem, state, chunk, false).statistics[2]).not.toEqual(actual.statistics[2]);
  });
});
