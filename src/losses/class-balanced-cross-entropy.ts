import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { countsOf, sumToClasses, weightedCrossEntropy } from './parts/class-weights.js';

/** Below every β in use; keeps log β finite at β = 0, where all weights are 1. */
const TINY = 1e-30;

/**
 * Cross-entropy with class weights from the effective number of samples: w_c ∝ 1/(1 − β^{n_c}), rescaled to sum C.
 * β = 0 is cross-entropy; β → 1 tends to inverse frequencies.
 */
export const classBalancedCrossEntropy: Loss = {
  name: 'class-balanced-cross-entropy',
  summary: 'Class-balanced cross-entropy: −w_y log p_y, w_c ∝ (1−β)/(1−β^n_c), Σ w_c = C',
  parameters: [
    {
      name: 'beta',
      default: 0.999,
      low: 0,
      high: 0.999999,
      typical: [0.9, 0.9999],
      summary: 'β: 0 weighs all classes alike, near 1 by inverse frequency',
    },
  ],
  perSample: weightedCrossEntropy((inputs) => {
    const logBeta = ops.log(ops.maximum(inputs.theta.beta!, TINY));
    const effective = ops.neg(ops.expm1(ops.mul(countsOf(inputs), logBeta)));
    return sumToClasses(ops.reciprocal(effective));
  }),
  source: 'Cui et al., Class-Balanced Loss Based on Effective Number of Samples, CVPR 2019, eq. 5',
  textbook: [{ beta: 0.999 }, { beta: 0.9999 }],
};
