import { ops, type Tensor } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { mixByLabel, mixByTarget } from './parts/from-target-class.js';
import { meanPositions } from './parts/mean-positions.js';

/**
 * Below every target that matters; its logarithm, −87.3, is below every `logZero`. Not below the smallest normal
 * float32, which backends may take for 0.
 */
const TINY = 1.2e-38;

/** log t with log 0 := A; a target is data, so only A has a gradient. */
const logTarget = (target: Tensor, logZero: Tensor): Tensor =>
  ops.add(logZero, ops.relu(ops.sub(ops.log(ops.maximum(target, TINY)), logZero)));

/** Cross-entropy plus reverse cross-entropy, which for hard labels is −A(1 − p_y): noise tolerant. */
export const symmetricCrossEntropy: Loss = {
  name: 'symmetric-cross-entropy',
  summary: 'Symmetric cross-entropy: −α Σ t_c log p_c − β Σ p_c log t_c, log 0 := A',
  parameters: [
    {
      name: 'alpha',
      default: 0.1,
      low: 0,
      high: Infinity,
      typical: [0.01, 10],
      summary: 'weight α of the cross-entropy',
    },
    {
      name: 'beta',
      default: 1,
      low: 0,
      high: Infinity,
      typical: [0.01, 10],
      summary: 'weight β of the reverse cross-entropy',
    },
    {
      name: 'logZero',
      default: Math.log(1e-4),
      low: -80,
      high: 0,
      typical: [-10, -2],
      summary: 'A in place of log 0; log 1e-4 in the code of the authors, −4 in the paper',
    },
  ],
  perSample: {
    binary: ({ prediction: logit, target, theta }) => {
      const forward = mixByLabel(target, ops.softplus(ops.neg(logit)), ops.softplus(logit));
      const logNegative = logTarget(ops.sub(1, target), theta.logZero!);
      const reverse = mixByLabel(ops.sigmoid(logit), logTarget(target, theta.logZero!), logNegative);
      return meanPositions(ops.sub(ops.mul(theta.alpha!, forward), ops.mul(theta.beta!, reverse)));
    },
    multiclass: ({ prediction: logits, target, theta }) => {
      const forward = mixByTarget(target, ops.neg(ops.logSoftmax(logits)));
      const reverse = mixByTarget(ops.softmax(logits), logTarget(target, theta.logZero!));
      return meanPositions(ops.sub(ops.mul(theta.alpha!, forward), ops.mul(theta.beta!, reverse)));
    },
  },
  source: 'Wang et al., Symmetric Cross Entropy, ICCV 2019, eq. 6',
  textbook: [
    { alpha: 0.1, beta: 1 },
    { alpha: 6, beta: 0.1 },
  ],
};
