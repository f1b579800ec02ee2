import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { fromResidual } from './parts/residual.js';

/** Quadratic up to δ, linear beyond; δ → ∞ is half the squared error. */
export const huber: Loss = {
  name: 'huber',
  summary: 'Huber loss: d²/2 where |d| ≤ δ, else δ(|d|−δ/2)',
  parameters: [
    {
      name: 'delta',
      default: 1,
      low: 1e-3,
      high: Infinity,
      typical: [0.1, 10],
      unit: 'target',
      summary: 'residual δ at which the square ends, in units of the target',
    },
  ],
  perSample: {
    regression: fromResidual((residual, { theta }) => {
      const size = ops.abs(residual);
      const outer = ops.relu(ops.sub(size, theta.delta!));
      const inner = ops.sub(size, outer);
      return ops.add(ops.div(ops.square(inner), 2), ops.mul(theta.delta!, outer));
    }),
  },
  source: 'Huber, Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 1964',
  textbook: [{ delta: 1 }],
};
