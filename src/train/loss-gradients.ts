import { reducePerSample } from '../losses/reduce-per-sample.js';
import type { Parameters } from '../models/model.js';
import { dispose, keep, ops, valueAndGradients, type Tensor } from '../tensor/index.js';
import { isLearned } from './parameter-names.js';
import type { StepProblem } from './step-problem.js';

/** One batch and everything else that the loss of a step depends on, beside the parameters. */
export interface BatchInputs {
  /** [N, …input]. */
  readonly x: Tensor;
  /** By head [N, outputs]. */
  readonly targets: Readonly<Record<string, Tensor>>;
  /** Sample weights [N]. */
  readonly weights: Tensor;
  /** One per slot of the loss, in order: scalars, or [size]. */
  readonly theta: readonly Tensor[];
  /** Samples per class in the training part, by head [C]. */
  readonly classCounts: Readonly<Record<string, Tensor>>;
}

/** Losses of one step, all before scaling. (A type and no interface, so that tidy takes it for a container.) */
export type StepStatistics = {
  /** Reduced weighted loss, scalar. */
  readonly loss: Tensor;
  /** Mean unweighted loss of each head [heads]. */
  readonly headLosses: Tensor;
  /** Total loss of each sample without its sample weight [N]. */
  readonly perSample: Tensor;
};

/**
 * Forward and backward: the reduced loss, and the gradient of lossScale · loss by every parameter (model and
 * learned loss parameters). Pure.
 */
export function lossGradients(
  problem: StepProblem,
  parameters: Parameters,
  batch: BatchInputs,
  lossScale: Tensor,
): StepStatistics & { readonly gradients: Parameters } {
  const names = Object.keys(parameters);
  // The tape frees what the body makes, except its result and what is kept: that is freed below.
  const kept: Tensor[] = [];
  const body = (...values: Tensor[]): Tensor => {
    const { total, heads } = perSampleLosses(
      problem,
      Object.fromEntries(names.map((name, index) => [name, values[index]!])),
      batch,
    );
    const loss = reducePerSample(total, batch.weights, problem.reduction);
    const means = problem.shape.heads.map((head) => ops.reshape(ops.mean(heads[head.name]!), [1]));
    const headLosses = means.length === 1 ? means[0]! : ops.concat(means, 0);
    kept.push(keep(loss), keep(headLosses), keep(total));
    return ops.mul(loss, lossScale);
  };
  try {
    const { gradients } = valueAndGradients(
      body,
      names.map((name) => parameters[name]!),
    );
    const [loss, headLosses, perSample] = kept.map(owned);
    return {
      loss: loss!,
      headLosses: headLosses!,
      perSample: perSample!,
      gradients: Object.fromEntries(names.map((name, index) => [name, gradients[index]!])),
    };
  } finally {
    dispose(...kept);
  }
}

/** Total and head losses of each sample at parameters that hold model and learned loss parameters alike. */
function perSampleLosses(
  problem: StepProblem,
  parameters: Parameters,
  batch: BatchInputs,
): ReturnType<StepProblem['loss']['perSample']> {
  const entries = Object.entries(parameters);
  const predictions = problem.model.forward(
    problem.modelOptions,
    problem.shape,
    Object.fromEntries(entries.filter(([name]) => !isLearned(name))),
    batch.x,
  );
  return problem.loss.perSample({
    predictions,
    targets: batch.targets,
    theta: batch.theta,
    learned: Object.fromEntries(entries.filter(([name]) => isLearned(name))),
    classCounts: batch.classCounts,
  });
}

/** Another handle on the same values, which belongs to the enclosing tidy. */
const owned = (tensor: Tensor): Tensor => ops.reshape(tensor, tensor.shape);
