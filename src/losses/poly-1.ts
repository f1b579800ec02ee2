import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { fromLogProbability } from './parts/from-target-class.js';

/** Cross-entropy with another first coefficient in its expansion in powers of 1 − p_y. */
export const poly1: Loss = {
  name: 'poly-1',
  summary: 'Poly-1: −log p_y + ε (1−p_y)',
  parameters: [
    {
      name: 'epsilon',
      default: 2,
      low: -1,
      high: Infinity,
      typical: [-1, 6],
      summary: 'ε on top of the first coefficient: 0 is cross-entropy, −1 drops the term',
    },
  ],
  perSample: fromLogProbability((logProbability, { theta }) =>
    ops.sub(ops.neg(logProbability), ops.mul(theta.epsilon!, ops.expm1(logProbability))),
  ),
  source: 'Leng et al., PolyLoss, ICLR 2022, eq. 6',
  textbook: [{ epsilon: 2 }, { epsilon: -1 }],
};
