import type { Loss, LossParameter } from './loss.js';
import { OVER, overlapLoss, SMOOTH } from './parts/overlap.js';
import { tverskyParts } from './parts/tversky-parts.js';

/** Parameters that the Tversky losses share. */
export const TVERSKY_PARAMETERS: readonly LossParameter[] = [
  {
    name: 'fp',
    default: 0.3,
    low: 0,
    high: Infinity,
    typical: [0.1, 1],
    summary: 'weight of false positives Σp(1−t)',
  },
  {
    name: 'fn',
    default: 0.7,
    low: 0,
    high: Infinity,
    typical: [0.1, 1],
    summary: 'weight of false negatives Σ(1−p)t',
  },
  SMOOTH,
];

/** fp = fn = 1/2 is Dice, fp = fn = 1 is Jaccard (IoU). Classes and absent classes as in `dice`. */
export const tversky: Loss = {
  name: 'tversky',
  summary: 'Tversky loss: 1 − (P + s)/(P + fp·Σp(1−t) + fn·Σ(1−p)t + s), P = Σpt',
  parameters: TVERSKY_PARAMETERS,
  options: [OVER],
  perSample: overlapLoss(tverskyParts),
  source: 'Salehi et al., Tversky Loss Function for Image Segmentation, MLMI 2017, eq. 3',
  textbook: [{ fp: 0.3, fn: 0.7 }],
};
