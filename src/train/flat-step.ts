import type { Parameters } from '../models/model.js';
import { ops, type Tensor } from '../tensor/index.js';
import type { FlatLayout } from './flat-layout.js';
import { lossGradients } from './loss-gradients.js';
import { updateParameters } from './optimizer-state.js';
import type { StepProblem } from './step-problem.js';
import type { TrainingStepInputs, TrainingStepResult } from './training-step.js';

/** {@link trainingStep} with parameters and optimizer state as the vectors of a layout. Pure. */
export function flatTrainingStep(
  problem: StepProblem,
  layout: FlatLayout,
  inputs: TrainingStepInputs,
): TrainingStepResult {
  const named = namedParameters(layout, inputs.parameters);
  const { gradients, ...statistics } = lossGradients(problem, named, inputs, inputs.lossScale);
  const flatGradients = layout.map(({ name, pieces }): [string, Tensor] => {
    const parts = pieces.map((piece) => ops.reshape(gradients[piece.name]!, [piece.size]));
    return [name, parts.length === 1 ? parts[0]! : ops.concat(parts, 0)];
  });
  const { parameters, slots } = updateParameters(problem.optimizer.rule, problem.optimizer.spec, {
    parameters: inputs.parameters,
    gradients: Object.fromEntries(flatGradients),
    slots: inputs.optimizerState,
    scalars: inputs.scalars,
  });
  return { ...statistics, parameters, optimizerState: slots };
}

/** The parameters that a model and a loss see, cut out of the vectors. */
export function namedParameters(layout: FlatLayout, vectors: Parameters): Parameters {
  const entries = layout.flatMap((group) =>
    group.pieces.map(({ name, shape, offset, size }): [string, Tensor] => [
      name,
      ops.reshape(ops.slice(vectors[group.name]!, [offset], [size]), shape),
    ]),
  );
  return Object.fromEntries(entries);
}
