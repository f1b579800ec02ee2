import { ops } from '../tensor/index.js';
import type { Loss, LossInputs } from './loss.js';
import type { Tensor } from '../tensor/index.js';
import { asymmetricNegative } from './parts/asymmetric-negative.js';
import { focalTerm } from './parts/focal-term.js';
import { mixByLabel } from './parts/from-target-class.js';
import { logitAgainstRest } from './parts/logit-against-rest.js';
import { meanPositions } from './parts/mean-positions.js';
import { STOP_WEIGHT_GRADIENT } from './parts/stop-weight-gradient.js';

/** Loss of each logit against its own label. */
function eachLogit(logit: Tensor, { target, theta, options }: LossInputs): Tensor {
  const detached = options.stopWeightGradient === true;
  const positive = focalTerm(logit, theta.gammaPositive!, detached);
  const negative = asymmetricNegative(logit, theta.gammaNegative!, theta.margin!, detached);
  return mixByLabel(target, positive, negative);
}

/**
 * Asymmetric loss (ASL). More than two classes: every class against the rest on softmax probabilities, summed over
 * the classes. The single-label variant of the authors' code is `asymmetric-single-label`.
 */
export const asymmetric: Loss = {
  name: 'asymmetric',
  summary:
    'Asymmetric loss: target −(1−p)^γ₊ log p; others −p_m^γ₋ log(1−p_m), p_m = max(p−m, 0); more than two classes: summed',
  parameters: [
    {
      name: 'gammaPositive',
      default: 0,
      low: 0,
      high: 10,
      typical: [0, 2],
      summary: 'focusing γ₊ on targets',
    },
    {
      name: 'gammaNegative',
      default: 4,
      low: 0,
      high: 10,
      typical: [0, 6],
      summary: 'focusing γ₋ on the others',
    },
    {
      name: 'margin',
      default: 0.05,
      low: 0,
      high: 0.9,
      typical: [0, 0.2],
      summary: 'others with p ≤ m cost nothing',
    },
  ],
  options: [STOP_WEIGHT_GRADIENT],
  perSample: {
    binary: (inputs) => meanPositions(eachLogit(inputs.prediction, inputs)),
    multiclass: (inputs) =>
      meanPositions(ops.sum(eachLogit(logitAgainstRest(inputs.prediction), inputs), -1)),
  },
  source: 'Ridnik et al., Asymmetric Loss for Multi-Label Classification, ICCV 2021, eq. 7',
  textbook: [
    { gammaPositive: 0, gammaNegative: 4, margin: 0.05 },
    { gammaPositive: 1, gammaNegative: 4, margin: 0.05 },
  ],
};
