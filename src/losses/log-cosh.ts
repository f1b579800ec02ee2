import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { fromResidual } from './parts/residual.js';

/** log cosh d as softplus(2d) − d − log 2, which neither overflows nor has a kink. */
export const logCosh: Loss = {
  name: 'log-cosh',
  summary: 'Log-cosh loss: log cosh d',
  parameters: [],
  perSample: {
    regression: fromResidual((residual) =>
      ops.sub(ops.sub(ops.softplus(ops.mul(residual, 2)), residual), Math.LN2),
    ),
  },
  source: 'Green, Bayesian Reconstructions from Emission Tomography Data, IEEE TMI 1990',
};
