import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { logitAgainstRest } from './parts/logit-against-rest.js';
import { mixByLabel, mixByTarget } from './parts/from-target-class.js';
import { meanPositions } from './parts/mean-positions.js';
import { STOP_WEIGHT_GRADIENT } from './parts/stop-weight-gradient.js';

/**
 * The single-label variant of ASL: smoothed cross-entropy whose terms are focused, (1−p)^γ₊ for the target and
 * p^γ₋ for the rest, which only smoothing brings in.
 */
export const asymmetricSingleLabel: Loss = {
  name: 'asymmetric-single-label',
  summary:
    'Single-label asymmetric loss: −Σ_c t̃_c w_c log p_c, t̃ = (1−ε)t + ε/C, w = (1−p)^γ₊ of the target, p^γ₋ of the others',
  parameters: [
    {
      name: 'gammaPositive',
      default: 0,
      low: 0,
      high: 10,
      typical: [0, 2],
      summary: 'focusing γ₊ on the target',
    },
    {
      name: 'gammaNegative',
      default: 4,
      low: 0,
      high: 10,
      typical: [0, 6],
      summary: 'focusing γ₋ on the other classes',
    },
    {
      name: 'smoothing',
      default: 0.1,
      low: 0,
      high: 1,
      typical: [0, 0.3],
      summary: 'part ε of the target that goes to all classes alike',
    },
  ],
  options: [STOP_WEIGHT_GRADIENT],
  perSample: {
    multiclass: ({ prediction, target, theta, options }) => {
      const logit = logitAgainstRest(prediction);
      const weighed = options.stopWeightGradient === true ? ops.stopGradient(logit) : logit;
      const ofTarget = ops.exp(ops.neg(ops.mul(theta.gammaPositive!, ops.softplus(weighed))));
      const ofOthers = ops.exp(ops.neg(ops.mul(theta.gammaNegative!, ops.softplus(ops.neg(weighed)))));
      const losses = ops.mul(mixByLabel(target, ofTarget, ofOthers), ops.softplus(ops.neg(logit)));
      const smoothing = theta.smoothing!;
      const spread = ops.div(smoothing, prediction.shape.at(-1)!);
      const smoothed = ops.add(ops.mul(target, ops.sub(1, smoothing)), spread);
      return meanPositions(mixByTarget(smoothed, losses));
    },
  },
  source: 'Ridnik et al., ICCV 2021; ASLSingleLabel of Alibaba-MIIL/ASL',
  textbook: [{ gammaPositive: 0, gammaNegative: 4, smoothing: 0.1 }],
};
