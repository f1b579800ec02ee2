import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { mixByLabel, mixByTarget } from './parts/from-target-class.js';
import { meanPositions } from './parts/mean-positions.js';

/** Cross-entropy with a part ε of the target spread over all C classes; least at p_y = 1 − ε + ε/C. */
export const labelSmoothing: Loss = {
  name: 'label-smoothing',
  summary: 'Label smoothing: −(1−ε) log p_y − (ε/C) Σ_c log p_c',
  parameters: [
    {
      name: 'epsilon',
      default: 0.1,
      low: 0,
      high: 1,
      typical: [0, 0.3],
      summary: 'part ε of the target that goes to all classes alike; 0 is cross-entropy',
    },
  ],
  perSample: {
    binary: ({ prediction: logit, target, theta }) => {
      const epsilon = theta.epsilon!;
      const label = ops.add(ops.mul(target, ops.sub(1, epsilon)), ops.div(epsilon, 2));
      return meanPositions(mixByLabel(label, ops.softplus(ops.neg(logit)), ops.softplus(logit)));
    },
    multiclass: ({ prediction: logits, target, theta }) => {
      const epsilon = theta.epsilon!;
      const classes = logits.shape.at(-1)!;
      const smoothed = ops.add(ops.mul(target, ops.sub(1, epsilon)), ops.div(epsilon, classes));
      return meanPositions(mixByTarget(smoothed, ops.neg(ops.logSoftmax(logits))));
    },
  },
  source: 'Szegedy et al., Rethinking the Inception Architecture, CVPR 2016, section 7',
  textbook: [{ epsilon: 0.1 }],
};
