import type { Loss } from './loss.js';
import { weightedCrossEntropy } from './parts/class-weights.js';

/** Cross-entropy times the weight of the target class; the sum is not divided by the weights. */
export const classWeightedCrossEntropy: Loss = {
  name: 'class-weighted-cross-entropy',
  summary: 'Class-weighted cross-entropy: −w_y log p_y',
  parameters: [
    {
      name: 'weights',
      shape: 'class',
      default: 1,
      low: 0,
      high: Infinity,
      typical: [0.1, 10],
      summary: 'weight w_c of each class (two classes: negative, positive)',
    },
  ],
  perSample: weightedCrossEntropy(({ theta }) => theta.weights!),
  source: 'King and Zeng, Logistic Regression in Rare Events Data, Political Analysis 2001, eq. 15',
};
