import { ops, type Tensor } from '../../tensor/index.js';
import type { LossInputs, LossOption, LossParameter, PerSampleLoss } from '../loss.js';

/** Keeps a denominator off 0 where a class is absent, nothing of it is predicted, and `smooth` is 0. */
const TINY = 1e-7;

/** Probabilities and targets as [N, positions, classes]; a binary head has one class, the positive one. */
export interface OverlapInputs {
  readonly probability: Tensor;
  readonly target: Tensor;
}

/** Of an overlap loss 1 − S/(S + E) = E/(S + E): E and S + E of every position and class. */
export interface OverlapParts {
  readonly error: Tensor;
  readonly whole: Tensor;
}

export const SMOOTH: LossParameter = {
  name: 'smooth',
  default: 1e-5,
  low: 0,
  high: Infinity,
  typical: [0, 1],
  summary: 's above and below; with s > 0 a class that is absent and not predicted costs 0',
};

export const OVER: LossOption = {
  name: 'over',
  choices: ['batch', 'sample'],
  summary:
    'sums run over the batch (the mean over samples is the loss of the batch; depends on its size) or over the positions of each sample',
};

/**
 * An overlap loss: E/(S + E + smooth) for each class, then the mean over the classes, absent ones included.
 *
 * Over the batch a sample's value is its own share of the error, N·E_n/(Σ_n whole_n + smooth): the mean over the
 * samples is the loss of the batch exactly, and sample weights still act on single samples. With γ, the loss of each
 * class is raised to that power.
 */
export function overlapLoss(
  partsOf: (overlap: OverlapInputs, inputs: LossInputs) => OverlapParts,
  exponentOf?: (inputs: LossInputs) => Tensor,
): Readonly<Record<'binary' | 'multiclass', PerSampleLoss>> {
  const from =
    (probabilityOf: (prediction: Tensor) => Tensor): PerSampleLoss =>
    (inputs) => {
      const { prediction } = inputs;
      const samples = prediction.shape[0] ?? 1;
      const classes = prediction.shape.at(-1)!;
      const shape = [samples, prediction.size / (samples * classes), classes];
      const parts = partsOf(
        {
          probability: ops.reshape(probabilityOf(prediction), shape),
          target: ops.reshape(inputs.target, shape),
        },
        inputs,
      );
      const error = ops.sum(parts.error, 1);
      const whole = ops.sum(parts.whole, 1);
      const overBatch = inputs.options.over !== 'sample';
      const total = (x: Tensor): Tensor => (overBatch ? ops.sum(x, 0, true) : x);
      const denominator = ops.maximum(ops.add(total(whole), inputs.theta.smooth!), TINY);
      const share = ops.div(overBatch ? ops.mul(error, samples) : error, denominator);
      if (exponentOf === undefined) return ops.mean(share, 1);
      // u^γ as u·u^(γ−1), where u of the class is common to all samples of the batch.
      const loss = ops.div(total(error), denominator);
      const factor = ops.exp(ops.mul(ops.sub(exponentOf(inputs), 1), ops.log(ops.maximum(loss, TINY))));
      return ops.mean(ops.mul(share, factor), 1);
    };
  return { binary: from(ops.sigmoid), multiclass: from(ops.softmax) };
}
