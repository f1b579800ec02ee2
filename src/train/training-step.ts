import type { Parameters } from '../models/model.js';
import type { Tensor } from '../tensor/index.js';
import { lossGradients, type BatchInputs, type StepStatistics } from './loss-gradients.js';
import { updateParameters } from './optimizer-state.js';
import type { StepProblem } from './step-problem.js';

export interface TrainingStepInputs extends BatchInputs {
  /** Model and learned loss parameters. */
  readonly parameters: Parameters;
  /** Slots of the optimizer by name (`slotNames`). */
  readonly optimizerState: Parameters;
  /** What `optimizer.rule.scalars(spec, step, learningRate)` gave for this step, each a scalar tensor. */
  readonly scalars: readonly Tensor[];
  /** Factor on the loss before differentiation, scalar. */
  readonly lossScale: Tensor;
}

export type TrainingStepResult = StepStatistics & {
  readonly parameters: Parameters;
  readonly optimizerState: Parameters;
};

/**
 * One training step as a pure function of tensors: forward, loss, gradients, update. It reads no value of a
 * tensor and draws no random number, so it can be traced once and run elsewhere. All that is searched (θ, sample
 * weights, learning rate, loss scale) is an input.
 */
export function trainingStep(problem: StepProblem, inputs: TrainingStepInputs): TrainingStepResult {
  const { gradients, ...statistics } = lossGradients(problem, inputs.parameters, inputs, inputs.lossScale);
  const { parameters, slots } = updateParameters(problem.optimizer.rule, problem.optimizer.spec, {
    parameters: inputs.parameters,
    gradients,
    slots: inputs.optimizerState,
    scalars: inputs.scalars,
  });
  return { ...statistics, parameters, optimizerState: slots };
}
