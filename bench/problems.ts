import { stream } from '../src/core/random.js';
import type { ChunkInputs, EngineProblem, EngineSession, MemberState } from '../src/engine/engine.js';
import { stepProblemOf } from '../src/engine/step-problem-of.js';
import { buildLoss } from '../src/losses/build-loss.js';
import { builtinLosses } from '../src/losses/registry.js';
import { builtinModels } from '../src/models/registry.js';
import type { TaskData } from '../src/problem/task-data.js';
import { initialOptimizerState } from '../src/train/optimizer-state.js';
import { builtinOptimizers } from '../src/train/registry.js';

/** What a bench trains. */
export interface BenchCase {
  readonly inputShape: readonly number[];
  /** 1: binary, focal loss with γ = 2; above: that many classes, cross-entropy. */
  readonly classes: number;
  readonly model: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly batchSize: number;
}

const SAMPLES = 4096;

/** A problem on random data: only its shape matters. */
export function benchProblem({ inputShape, classes, model, batchSize }: BenchCase): EngineProblem {
  const random = stream('bench');
  const width = inputShape.reduce((product, extent) => product * extent, 1);
  const size = classes === 1 ? SAMPLES * 2 : SAMPLES / 2;
  const targets = new Float32Array(size * classes);
  for (let sample = 0; sample < size; sample++) {
    if (classes === 1) targets[sample] = random.uniform() < 0.1 ? 1 : 0;
    else targets[sample * classes + random.integer(classes)] = 1;
  }
  const part = Int32Array.from({ length: size }, (_, sample) => sample);
  const kind = classes === 1 ? 'binary' : 'multiclass';
  const heads = [{ name: 'label', kind, outputs: classes } as const];
  const data: TaskData = {
    size,
    inputShape,
    inputs: Float32Array.from({ length: size * width }, () => random.normal()),
    heads,
    targets: { label: targets },
    columns: {},
    parts: { train: part, validation: part, selection: part, test: part },
    splitHash: 'bench',
    notes: [],
  };
  const { name, ...options } = model;
  const member = builtinModels.get(name);
  const loss = classes === 1 ? { name: 'focal', parameters: { gamma: 2 } } : { name: 'cross-entropy' };
  return {
    data,
    model: member,
    modelOptions: member.schema.parse(options),
    optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    loss: buildLoss(loss, heads, builtinLosses),
    batchSize,
    reduction: 'mean',
  };
}

/** Members with weights of their own, and their chunk. */
export function benchMembers(
  problem: EngineProblem,
  members: number,
  steps: number,
): readonly { readonly state: MemberState; readonly inputs: ChunkInputs }[] {
  const { shape } = stepProblemOf(problem);
  const random = stream('batches');
  const { batchSize, data, loss } = problem;
  return Array.from({ length: members }, (_, member) => {
    const parameters = problem.model.init(problem.modelOptions, shape, stream('init', member));
    const optimizer = initialOptimizerState(builtinOptimizers.get('adam'), parameters);
    const width = loss.slots.reduce((sum, { size }) => sum + size, 0);
    return {
      state: { parameters, optimizer },
      inputs: {
        steps,
        indices: Int32Array.from({ length: steps * batchSize }, () => random.integer(data.size)),
        weights: new Float32Array(steps * batchSize).fill(1),
        theta: new Float32Array(steps * width).fill(2),
        learningRates: new Float32Array(steps).fill(0.001),
        lossScale: 1,
      },
    };
  });
}

/** Microseconds per member and step of one chunk. */
export async function timeChunk(
  session: EngineSession,
  members: ReturnType<typeof benchMembers>,
): Promise<number> {
  const begin = performance.now();
  await session.train(members);
  return ((performance.now() - begin) * 1000) / members.length / members[0]!.inputs.steps;
}
