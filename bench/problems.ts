import { stream } from '../src/core/random.js';
import type { ChunkInputs, EngineProblem, EngineSession, MemberState } from '../src/engine/engine.js';
import { stepProblemOf } from '../src/engine/step-problem-of.js';
import { buildLoss } from '../src/losses/build-loss.js';
import { builtinLosses } from '../src/losses/registry.js';
import type { Loss } from '../src/losses/loss.js';
import type { AnyModel } from '../src/models/model.js';
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
  readonly samples: number;
  /** A model and a loss that are in no registry; the targets of a sample are then one-hot in groups of `group`. */
  readonly own?: { readonly model: AnyModel; readonly loss: Loss; readonly group: number };
}

/** A problem on random data: only its shape matters. */
export function benchProblem(problem: BenchCase): EngineProblem {
  const { inputShape, classes, model, batchSize, samples: size, own } = problem;
  const random = stream('bench');
  const width = inputShape.reduce((product, extent) => product * extent, 1);
  const targets = new Float32Array(size * classes);
  const group = own?.group ?? classes;
  for (let start = 0; start < targets.length; start += group) {
    if (classes === 1) targets[start] = random.uniform() < 0.1 ? 1 : 0;
    else targets[start + random.integer(group)] = 1;
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
  const member = own?.model ?? builtinModels.get(name);
  const losses = own === undefined ? builtinLosses : builtinLosses.with([own.loss]);
  const plain = { name: own?.loss.name ?? 'cross-entropy' };
  const loss = classes === 1 ? { name: 'focal', parameters: { gamma: 2 } } : plain;
  return {
    data,
    model: member,
    modelOptions: member.schema.parse(options),
    optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    loss: buildLoss(loss, heads, losses),
    batchSize,
    reduction: 'mean',
  };
}

/**
 * Members with weights of their own, and their chunk.
 * @param batches `same`: one seed, as the candidates of a search have; `own`: a seed each, as repetitions have
 */
export function benchMembers(
  problem: EngineProblem,
  members: number,
  steps: number,
  batches: 'same' | 'own' = 'same',
): readonly { readonly state: MemberState; readonly inputs: ChunkInputs }[] {
  const { shape } = stepProblemOf(problem);
  const { batchSize, data, loss } = problem;
  return Array.from({ length: members }, (_, member) => {
    const random = stream('batches', batches === 'same' ? 0 : member);
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
