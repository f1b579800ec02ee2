import { ops, type Tensor } from '../../tensor/index.js';
import type { LossInputs, PerSampleLoss } from '../loss.js';
import { meanPositions } from './mean-positions.js';

/** A regression loss from the loss of one residual d = prediction − target. */
export function fromResidual(lossOf: (residual: Tensor, inputs: LossInputs) => Tensor): PerSampleLoss {
  return (inputs) => meanPositions(lossOf(ops.sub(inputs.prediction, inputs.target), inputs));
}
