import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { countsOf, sumToClasses } from './parts/class-weights.js';
import { focalTerm } from './parts/focal-term.js';
import { mixByLabel, mixByTarget } from './parts/from-target-class.js';
import { logitAgainstRest } from './parts/logit-against-rest.js';
import { meanPositions } from './parts/mean-positions.js';

/**
 * Focal loss with a weight for each class, steered by one number α.
 *
 * Two classes, as published: α for positives, 1 − α for negatives, so α = 1/2 is half the focal loss.
 *
 * More classes: the paper has no such case. Here w_c ∝ n_c^(1−2α), rescaled to sum C, with n_c the samples of class
 * c: α = 1/2 is the focal loss, α = 1 weighs by inverse frequency, α = 0 by frequency, and on balanced data α does
 * nothing. So, as with two classes of which the positive is rare, a larger α looks harder at the rare.
 */
export const balancedFocal: Loss = {
  name: 'balanced-focal',
  summary:
    'Balanced focal loss: −a_y (1−p_y)^γ log p_y; two classes: a = α, 1−α; more: a_c ∝ n_c^(1−2α), Σ a_c = C',
  parameters: [
    {
      name: 'gamma',
      default: 2,
      low: 0,
      high: 10,
      typical: [0, 5],
      summary: 'focusing γ: 0 is weighted cross-entropy',
    },
    {
      name: 'alpha',
      default: 0.25,
      low: 0,
      high: 1,
      typical: [0.1, 0.9],
      summary:
        'balance α: 0.5 treats all classes alike, more favours positives (more than two classes: rare ones)',
    },
  ],
  perSample: {
    binary: ({ prediction: logit, target, theta }) => {
      const gamma = theta.gamma!;
      const alpha = theta.alpha!;
      const positive = ops.mul(alpha, focalTerm(logit, gamma));
      const negative = ops.mul(ops.sub(1, alpha), focalTerm(ops.neg(logit), gamma));
      return meanPositions(mixByLabel(target, positive, negative));
    },
    multiclass: (inputs) => {
      const { prediction: logits, target, theta } = inputs;
      const logCounts = ops.log(countsOf(inputs));
      const rarity = ops.sub(ops.max(logCounts), logCounts);
      const exponent = ops.sub(ops.mul(theta.alpha!, 2), 1);
      const weights = sumToClasses(ops.exp(ops.mul(exponent, rarity)));
      const losses = ops.mul(weights, focalTerm(logitAgainstRest(logits), theta.gamma!));
      return meanPositions(mixByTarget(target, losses));
    },
  },
  source: 'Lin et al., Focal Loss for Dense Object Detection, ICCV 2017, eq. 5; more than two classes: own',
  textbook: [{ gamma: 2, alpha: 0.25 }],
};
