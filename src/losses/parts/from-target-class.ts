import { ops, type Tensor } from '../../tensor/index.js';
import type { LossInputs, PerSampleLoss } from '../loss.js';
import { logitAgainstRest } from './logit-against-rest.js';
import { meanPositions } from './mean-positions.js';

type Classification = Readonly<Record<'binary' | 'multiclass', PerSampleLoss>>;

/** y·positive + (1 − y)·negative: the loss of a label that may be soft. */
export const mixByLabel = (label: Tensor, positive: Tensor, negative: Tensor): Tensor =>
  ops.add(ops.mul(label, positive), ops.mul(ops.sub(1, label), negative));

/** Σ_c t_c·l_c on the last axis. */
export const mixByTarget = (target: Tensor, losses: Tensor): Tensor => ops.sum(ops.mul(target, losses), -1);

/**
 * A loss that looks only at the probability of the target class, as a function of its logarithm. Soft targets mix:
 * Σ_c t_c·l(log p_c).
 */
export function fromLogProbability(
  lossOf: (logProbability: Tensor, inputs: LossInputs) => Tensor,
): Classification {
  return {
    binary: (inputs) => {
      const { prediction: logit, target } = inputs;
      const positive = lossOf(ops.logSigmoid(logit), inputs);
      const negative = lossOf(ops.logSigmoid(ops.neg(logit)), inputs);
      return meanPositions(mixByLabel(target, positive, negative));
    },
    multiclass: (inputs) => {
      const losses = lossOf(ops.logSoftmax(inputs.prediction), inputs);
      return meanPositions(mixByTarget(inputs.target, losses));
    },
  };
}

/**
 * The same as a function of the target's logit against the rest, for losses that need log(1 − p) as well:
 * log p = log σ(x), log(1 − p) = log σ(−x).
 */
export function fromTargetLogit(lossOf: (logit: Tensor, inputs: LossInputs) => Tensor): Classification {
  return {
    binary: (inputs) => {
      const { prediction: logit, target } = inputs;
      return meanPositions(mixByLabel(target, lossOf(logit, inputs), lossOf(ops.neg(logit), inputs)));
    },
    multiclass: (inputs) => {
      const losses = lossOf(logitAgainstRest(inputs.prediction), inputs);
      return meanPositions(mixByTarget(inputs.target, losses));
    },
  };
}
