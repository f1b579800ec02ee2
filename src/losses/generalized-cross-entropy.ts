import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { fromLogProbability } from './parts/from-target-class.js';

/** Between cross-entropy (q → 0) and 1 − p_y (q = 1), which tolerates label noise. */
export const generalizedCrossEntropy: Loss = {
  name: 'generalized-cross-entropy',
  summary: 'Generalized cross-entropy: (1−p_y^q)/q',
  parameters: [
    {
      name: 'q',
      default: 0.7,
      // Below this the derivative by q loses all its digits in float32; the loss is cross-entropy to 0.1 %.
      low: 0.001,
      high: 1,
      typical: [0.1, 1],
      summary: 'q: towards 0 cross-entropy, 1 mean absolute error',
    },
  ],
  perSample: fromLogProbability((logProbability, { theta }) =>
    ops.neg(ops.div(ops.expm1(ops.mul(theta.q!, logProbability)), theta.q!)),
  ),
  source: 'Zhang and Sabuncu, Generalized Cross Entropy Loss, NeurIPS 2018, eq. 6',
  textbook: [{ q: 0.7 }],
};
