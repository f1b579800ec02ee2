import type { HostParameters, HostTensor, Parameters } from '../models/model.js';
import type { TaskData } from '../problem/task-data.js';
import { dispose, ops, readAsync, tidy, type Tensor } from '../tensor/index.js';
import { flatLayout, flatten, flattenSlots, unflatten, unflattenSlots } from '../train/flat-layout.js';
import { flatTrainingStep } from '../train/flat-step.js';
import { slotsOnly, stepsDone, withStepsDone } from '../train/optimizer-state.js';
import type { StepProblem } from '../train/step-problem.js';
import { chunkFeed } from './chunk-feed.js';
import type { ChunkInputs, ChunkResult, MemberState } from './engine.js';
import { sampleTensors, uploadAll } from './step-tensors.js';

/** What a session holds for all its chunks. */
export interface EagerContext {
  readonly problem: StepProblem;
  readonly data: TaskData;
  readonly batchSize: number;
  readonly classCounts: Readonly<Record<string, Tensor>>;
}

/** Trains one member through a chunk. Values are read back once, at the end. */
export async function eagerChunk(
  context: EagerContext,
  state: MemberState,
  inputs: ChunkInputs,
): Promise<ChunkResult> {
  const { problem, batchSize } = context;
  const { slots: slotKinds } = problem.optimizer.rule;
  const layout = flatLayout(state.parameters);
  const done = stepsDone(state.optimizer);
  const feed = chunkFeed(problem, inputs, batchSize, done);
  let parameters = uploadAll(flatten(layout, state.parameters));
  let slots = uploadAll(flattenSlots(layout, slotKinds, slotsOnly(state.optimizer)));
  const losses: Tensor[] = [];
  const headLosses: Tensor[] = [];
  const perSample: Tensor[] = [];
  try {
    for (let step = 0; step < inputs.steps; step++) {
      const indices = inputs.indices.subarray(step * batchSize, (step + 1) * batchSize);
      const result = tidy(() =>
        flatTrainingStep(problem, layout, {
          ...sampleTensors(context.data, indices),
          ...feed.at(step),
          classCounts: context.classCounts,
          lossScale: feed.lossScale,
          parameters,
          optimizerState: slots,
        }),
      );
      dispose(...Object.values(parameters), ...Object.values(slots));
      parameters = result.parameters;
      slots = result.optimizerState;
      losses.push(result.loss);
      headLosses.push(result.headLosses);
      perSample.push(result.perSample);
    }
    return {
      state: {
        parameters: unflatten(layout, await readAll(parameters)),
        optimizer: withStepsDone(
          unflattenSlots(layout, slotKinds, await readAll(slots)),
          done + inputs.steps,
        ),
      },
      losses: await readJoined(losses),
      headLosses: await readJoined(headLosses),
      perSample: await readJoined(perSample),
    };
  } finally {
    feed.dispose();
    dispose(...Object.values(parameters), ...Object.values(slots), ...losses, ...headLosses, ...perSample);
  }
}

async function readAll(tensors: Parameters): Promise<HostParameters> {
  const entries = Object.entries(tensors).map(async ([name, tensor]): Promise<[string, HostTensor]> => [
    name,
    // A copy: the cpu backend hands out its own array.
    { shape: tensor.shape, values: (await readAsync(tensor)).slice() },
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/** The values of many small tensors, one after another. */
export async function readJoined(tensors: readonly Tensor[]): Promise<Float32Array> {
  if (tensors.length === 0) return new Float32Array(0);
  const joined = tidy(() => {
    const flat = tensors.map((tensor) => ops.reshape(tensor, [tensor.size]));
    return flat.length === 1 ? flat[0]! : ops.concat(flat, 0);
  });
  const values = (await readAsync(joined)).slice();
  dispose(joined);
  return values;
}
