import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { meanPositions } from './parts/mean-positions.js';
import { fromResidual } from './parts/residual.js';

/** Squared error; on probabilities it is the Brier score, summed over the classes. */
export const mse: Loss = {
  name: 'mse',
  summary: 'Squared error: d²; classification: (p−y)², Σ_c (p_c−t_c)² (Brier)',
  parameters: [],
  perSample: {
    binary: ({ prediction, target }) => meanPositions(ops.square(ops.sub(ops.sigmoid(prediction), target))),
    multiclass: ({ prediction, target }) =>
      meanPositions(ops.sum(ops.square(ops.sub(ops.softmax(prediction), target)), -1)),
    regression: fromResidual((residual) => ops.square(residual)),
  },
  source: 'Legendre 1805; Brier, Verification of Forecasts Expressed in Terms of Probability, 1950',
};
