import { stream } from '../../src/core/random.js';
import type { Candidate } from '../../src/candidate/candidate.js';
import type { ChunkInputs, EngineProblem, MemberState } from '../../src/engine/engine.js';
import { stepProblemOf } from '../../src/engine/step-problem-of.js';
import { buildLoss } from '../../src/losses/build-loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { builtinModels } from '../../src/models/registry.js';
import type { TaskData } from '../../src/problem/task-data.js';
import type { OptimizerSpec } from '../../src/train/optimizer.js';
import { initialParameters } from '../../src/train/initial-parameters.js';
import { initialOptimizerState } from '../../src/train/optimizer-state.js';
import { builtinOptimizers } from '../../src/train/registry.js';

/** Settings of an optimizer by name, all at their defaults. */
export const defaultOptimizer = (name: string): OptimizerSpec =>
  builtinOptimizers.get(name).schema.parse({ name }) as OptimizerSpec;

export function problemFor(
  data: TaskData,
  parts: {
    readonly loss: Candidate['loss'];
    readonly model?: { readonly name: string } & Record<string, unknown>;
    readonly optimizer?: OptimizerSpec;
    readonly batchSize?: number;
    readonly reduction?: EngineProblem['reduction'];
  },
): EngineProblem {
  const { name, ...options } = parts.model ?? { name: 'mlp', hidden: [5] };
  const model = builtinModels.get(name);
  return {
    data,
    model,
    modelOptions: model.schema.parse(options),
    optimizer: parts.optimizer ?? defaultOptimizer('adam'),
    loss: buildLoss(parts.loss, data.heads, builtinLosses),
    batchSize: parts.batchSize ?? 8,
    reduction: parts.reduction ?? 'mean',
  };
}

/** Initial state of a member, learned parameters of the loss included. */
export function initialState(problem: EngineProblem, seed = 'seed'): MemberState {
  const step = stepProblemOf(problem);
  const parameters = initialParameters(step, stream(seed, 'init'));
  return { parameters, optimizer: initialOptimizerState(step.optimizer.rule, parameters) };
}

/** A chunk of random batches at constant θ. */
export function chunkFor(
  problem: EngineProblem,
  steps: number,
  options: { readonly key?: string; readonly learningRate?: number; readonly lossScale?: number } = {},
): ChunkInputs {
  const random = stream('chunk', options.key ?? '');
  const { train } = problem.data.parts;
  const samples = steps * problem.batchSize;
  const row = problem.loss.slots.flatMap(({ size, source }) => {
    const value = source.kind === 'parameter' ? source.spec : 1;
    return typeof value === 'number' ? Array.from({ length: size }, () => value) : [...(value as number[])];
  });
  return {
    steps,
    indices: Int32Array.from({ length: samples }, () => train[random.integer(train.length)]!),
    weights: Float32Array.from({ length: samples }, () => random.integer(3) / 2),
    theta: Float32Array.from({ length: steps * row.length }, (_, index) => row[index % row.length]!),
    learningRates: new Float32Array(steps).fill(options.learningRate ?? 0.01),
    lossScale: options.lossScale ?? 1,
  };
}

/** Rows steps × width of the theta or other arrays between two steps, as a chunk of its own. */
export function cutChunk(chunk: ChunkInputs, from: number, to: number): ChunkInputs {
  const cut = <Values extends Float32Array | Int32Array>(values: Values): Values => {
    const width = values.length / chunk.steps;
    return values.slice(from * width, to * width) as Values;
  };
  return {
    steps: to - from,
    indices: cut(chunk.indices),
    weights: cut(chunk.weights),
    theta: cut(chunk.theta),
    learningRates: cut(chunk.learningRates),
    lossScale: chunk.lossScale,
  };
}
