import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { expm1Ratio } from './parts/expm1-ratio.js';
import { fromResidual } from './parts/residual.js';

/** float32 epsilon: 2 − α is not let below it. At α = 2 the value d²/(2c²) does not depend on it. */
const EPSILON = 1.1920929e-7;

/**
 * General robust loss. With b = 2 − α, z = d/c and L = log1p(z²/b) it is (b·L/2)·(e^u − 1)/u at u = αL/2: no
 * division by α, so α = 0 (Cauchy) is a point like any other; α = 2 is d²/(2c²), α = 1 pseudo-Huber, α = −2
 * Geman-McClure, α → −∞ Welsch. Just below 2 its derivative by α grows as log(2 − α).
 */
export const barron: Loss = {
  name: 'barron',
  summary: 'General robust loss: (b/α)[(d²/(b c²) + 1)^(α/2) − 1], b = |α−2|',
  parameters: [
    {
      name: 'alpha',
      default: 1,
      low: -1e6,
      high: 2,
      typical: [-2, 2],
      summary: 'shape α: 2 squared error, 1 pseudo-Huber, 0 Cauchy, −2 Geman-McClure, −∞ Welsch',
    },
    {
      name: 'scale',
      default: 1,
      low: 1e-3,
      high: Infinity,
      typical: [0.1, 10],
      unit: 'target',
      summary: 'scale c of the residuals, in units of the target',
    },
  ],
  perSample: {
    regression: fromResidual((residual, { theta }) => {
      const width = ops.add(ops.relu(ops.sub(2 - EPSILON, theta.alpha!)), EPSILON);
      const logarithm = ops.log1p(ops.div(ops.square(ops.div(residual, theta.scale!)), width));
      const half = ops.div(logarithm, 2);
      return ops.mul(ops.mul(width, half), expm1Ratio(ops.mul(theta.alpha!, half)));
    }),
  },
  source: 'Barron, A General and Adaptive Robust Loss Function, CVPR 2019, eq. 8',
  textbook: [
    { alpha: 1, scale: 1 },
    { alpha: 0, scale: 1 },
    { alpha: -2, scale: 1 },
  ],
};
