import { ops, type Tensor } from '../../tensor/index.js';
import type { LossInputs, PerSampleLoss } from '../loss.js';
import { meanPositions } from './mean-positions.js';
import { mixByLabel, mixByTarget } from './from-target-class.js';

/** Entry `index` of a vector, as a scalar. */
const entry = (vector: Tensor, index: number): Tensor => ops.reshape(ops.slice(vector, [index], [1]), []);

/** Number of training samples of each class; a class without samples counts as one, so that weights stay finite. */
export function countsOf(inputs: LossInputs): Tensor {
  if (inputs.classCounts === undefined) throw new Error('this loss needs classCounts');
  return ops.maximum(inputs.classCounts, 1);
}

/** Rescales weights so that they sum to the number of classes. */
export const sumToClasses = (weights: Tensor): Tensor =>
  ops.div(ops.mul(weights, weights.size), ops.sum(weights));

/** Cross-entropy with one weight per class, [C] (binary: [negative, positive]). Not divided by the weights. */
export function weightedCrossEntropy(
  weightsOf: (inputs: LossInputs) => Tensor,
): Readonly<Record<'binary' | 'multiclass', PerSampleLoss>> {
  return {
    binary: (inputs) => {
      const { prediction: logit, target } = inputs;
      const weights = weightsOf(inputs);
      const positive = ops.mul(entry(weights, 1), ops.softplus(ops.neg(logit)));
      const negative = ops.mul(entry(weights, 0), ops.softplus(logit));
      return meanPositions(mixByLabel(target, positive, negative));
    },
    multiclass: (inputs) => {
      const losses = ops.mul(weightsOf(inputs), ops.neg(ops.logSoftmax(inputs.prediction)));
      return meanPositions(mixByTarget(inputs.target, losses));
    },
  };
}
