import type { StepProblem } from '../train/step-problem.js';
import { dispose, scalar, tensorFrom, type Tensor } from '../tensor/index.js';
import type { ChunkInputs } from './engine.js';
import { rowsAreEqual, thetaTensors } from './step-tensors.js';

/** What a chunk feeds into each of its steps, beside the samples. */
export interface ChunkFeed {
  /** Inputs of one step. The tensors belong to the enclosing tidy, or to the feed where they never change. */
  at(step: number): {
    readonly weights: Tensor;
    readonly theta: readonly Tensor[];
    readonly scalars: readonly Tensor[];
  };
  readonly lossScale: Tensor;
  dispose(): void;
}

/**
 * Turns the arrays of a chunk into tensors step by step. What is the same in all steps (usually the sample
 * weights and θ) is uploaded once.
 * @param stepsDone steps of the member before this chunk
 */
export function chunkFeed(
  problem: StepProblem,
  inputs: ChunkInputs,
  batchSize: number,
  stepsDone: number,
): ChunkFeed {
  const { rule, spec } = problem.optimizer;
  const sizes = problem.loss.slots.map(({ size }) => size);
  const thetaWidth = sizes.reduce((sum, size) => sum + size, 0);
  const weightsAt = (step: number): Tensor =>
    tensorFrom(inputs.weights.slice(step * batchSize, (step + 1) * batchSize), [batchSize]);
  const thetaAt = (step: number): readonly Tensor[] =>
    thetaTensors(inputs.theta.subarray(step * thetaWidth, (step + 1) * thetaWidth), sizes);
  const sameWeights = rowsAreEqual(inputs.weights, batchSize) ? weightsAt(0) : undefined;
  const sameTheta = rowsAreEqual(inputs.theta, thetaWidth) ? thetaAt(0) : undefined;
  const lossScale = scalar(inputs.lossScale);
  return {
    at: (step) => ({
      weights: sameWeights ?? weightsAt(step),
      theta: sameTheta ?? thetaAt(step),
      scalars: rule.scalars(spec, stepsDone + step + 1, inputs.learningRates[step]!).map(scalar),
    }),
    lossScale,
    dispose: () => {
      dispose(lossScale, ...(sameWeights === undefined ? [] : [sameWeights]), ...(sameTheta ?? []));
    },
  };
}
