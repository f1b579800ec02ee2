import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { fromLogProbability } from './parts/from-target-class.js';

/** The logarithmic loss: softplus(−x) or softplus(x) for two classes, logsumexp(z) − z_y for more. */
export const crossEntropy: Loss = {
  name: 'cross-entropy',
  summary: 'Cross-entropy: −log p_y',
  parameters: [],
  perSample: fromLogProbability((logProbability) => ops.neg(logProbability)),
  source: 'Good, Rational Decisions, JRSS B 1952',
};
