import type { ChunkInputs, ChunkResult, Predictions } from '../engine/engine.js';
import { trainPositions } from './chunk-inputs.js';
import type { Divergence } from './divergence.js';
import { plainLosses, scores } from './evaluate.js';
import type { TrialContext } from './trial-context.js';
import { chunkSteps } from './training-schedule.js';
import type { Checkpoint } from './trial.js';

/**
 * The checkpoint after a chunk, evaluated on the validation part, or how the training diverged there.
 * @param predictions on the validation part
 */
export function absorbChunk(
  before: Checkpoint,
  inputs: ChunkInputs,
  result: ChunkResult,
  predictions: Predictions,
  context: TrialContext,
): Checkpoint | Divergence {
  const { data } = context;
  const { validation } = data.parts;
  const step = before.fidelity * chunkSteps(context.setup) + inputs.steps;
  const validationLoss = mean(plainLosses(context, predictions, validation));
  if (!Number.isFinite(validationLoss)) {
    return { step, reason: `the plain loss on the validation part is ${validationLoss} at step ${step}` };
  }
  const [validationScore] = Object.values(scores(context, predictions, validation, 'primary'));
  const point = { step, trainLoss: mean(result.losses), validationLoss, validationScore: validationScore! };
  const { lastLosses } = before;
  return {
    fidelity: before.fidelity + 1,
    state: result.state,
    lossScale: before.lossScale,
    curve: [...before.curve, point],
    headLosses: [...before.headLosses, headMeans(result, data.heads.length)],
    ...(lastLosses === undefined ? {} : { lastLosses: seenLosses(lastLosses, inputs, result, context) }),
  };
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean loss of each head over the steps of a chunk. */
function headMeans({ headLosses }: ChunkResult, heads: number): readonly number[] {
  return Array.from({ length: heads }, (_, head) =>
    mean(headLosses.filter((_loss, index) => index % heads === head)),
  );
}

/** The loss last seen of each training sample; of a sample drawn twice in the chunk the later one. */
function seenLosses(
  lastLosses: Float32Array,
  inputs: ChunkInputs,
  result: ChunkResult,
  context: TrialContext,
): Float32Array {
  const losses = lastLosses.slice();
  const positions = trainPositions(context);
  inputs.indices.forEach((sample, index) => (losses[positions[sample]!] = result.perSample[index]!));
  return losses;
}
