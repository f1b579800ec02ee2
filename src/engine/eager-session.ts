import type { HostParameters } from '../models/model.js';
import { dispose, ops, readAsync, tensorFrom, tidy, type Tensor } from '../tensor/index.js';
import { lossGradients } from '../train/loss-gradients.js';
import { isLearned } from '../train/parameter-names.js';
import { chunkFeed } from './chunk-feed.js';
import { classCounts } from './class-counts.js';
import { eagerChunk, readJoined, type EagerContext } from './eager-chunk.js';
import type {
  ChunkInputs,
  ChunkResult,
  EngineProblem,
  EngineSession,
  MemberState,
  Predictions,
} from './engine.js';
import { stepProblemOf } from './step-problem-of.js';
import { inputTensor, sampleTensors, uploadAll } from './step-tensors.js';

/** Samples of one forward pass of `predict`. Fixed, so that predictions do not depend on the training batch. */
const PREDICTION_BATCH = 512;

/** A session that runs each operation as TensorFlow.js meets it. */
export function createEagerSession(problem: EngineProblem): EngineSession {
  const counts = Object.entries(classCounts(problem.data)).map(([head, values]): [string, Tensor] => [
    head,
    tensorFrom(values, [values.length]),
  ]);
  const context: EagerContext = {
    problem: stepProblemOf(problem),
    data: problem.data,
    batchSize: problem.batchSize,
    classCounts: Object.fromEntries(counts),
  };
  return {
    train: async (members) => {
      const results: ChunkResult[] = [];
      for (const { state, inputs } of members) results.push(await eagerChunk(context, state, inputs));
      return results;
    },
    gradientNorms: (state, inputs) => gradientNorms(context, state, inputs),
    predict: async (members, indices) => {
      const predictions: Predictions[] = [];
      for (const parameters of members) predictions.push(await predict(context, parameters, indices));
      return predictions;
    },
    dispose: () => dispose(...Object.values(context.classCounts)),
  };
}

/** Norms over the parameters of the model: those of the loss have no part in the scale of a loss. */
async function gradientNorms(
  { problem, data, batchSize, classCounts: counts }: EagerContext,
  state: MemberState,
  inputs: ChunkInputs,
): Promise<Float32Array> {
  const parameters = uploadAll(state.parameters);
  const feed = chunkFeed(problem, { ...inputs, lossScale: 1 }, batchSize, 0);
  const norms: Tensor[] = [];
  try {
    for (let step = 0; step < inputs.steps; step++) {
      const indices = inputs.indices.subarray(step * batchSize, (step + 1) * batchSize);
      const norm = tidy(() => {
        const { weights, theta } = feed.at(step);
        const batch = { ...sampleTensors(data, indices), weights, theta, classCounts: counts };
        const { gradients } = lossGradients(problem, parameters, batch, feed.lossScale);
        const squares = Object.entries(gradients)
          .filter(([name]) => !isLearned(name))
          .map(([, gradient]) => ops.sum(ops.square(gradient)));
        return ops.sqrt(squares.reduce((total, square) => ops.add(total, square)));
      });
      norms.push(norm);
    }
    return await readJoined(norms);
  } finally {
    feed.dispose();
    dispose(...Object.values(parameters), ...norms);
  }
}

async function predict(
  { problem, data }: EagerContext,
  parameters: HostParameters,
  indices: Int32Array,
): Promise<Predictions> {
  const model = Object.fromEntries(Object.entries(parameters).filter(([name]) => !isLearned(name)));
  const uploaded = uploadAll(model);
  const predictions = data.heads.map(
    ({ name, outputs }) => [name, new Float32Array(indices.length * outputs)] as const,
  );
  try {
    for (let start = 0; start < indices.length; start += PREDICTION_BATCH) {
      const batch = indices.subarray(start, start + PREDICTION_BATCH);
      const outputs = tidy(() =>
        problem.model.forward(problem.modelOptions, problem.shape, uploaded, inputTensor(data, batch)),
      );
      for (const [head, values] of predictions) {
        const rows = await readAsync(outputs[head]!);
        values.set(rows, start * (values.length / indices.length));
      }
      dispose(...Object.values(outputs));
    }
    return Object.fromEntries(predictions);
  } finally {
    dispose(...Object.values(uploaded));
  }
}
