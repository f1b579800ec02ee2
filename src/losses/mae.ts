import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { meanPositions } from './parts/mean-positions.js';
import { fromResidual } from './parts/residual.js';

/** Absolute error; on probabilities half of Σ|p − t|, which for hard labels is 1 − p_y and tolerates label noise. */
export const mae: Loss = {
  name: 'mae',
  summary: 'Absolute error: |d|; classification: 1−p_y, for soft targets ½ Σ_c |p_c−t_c|',
  parameters: [],
  perSample: {
    binary: ({ prediction, target }) => meanPositions(ops.abs(ops.sub(ops.sigmoid(prediction), target))),
    multiclass: ({ prediction, target }) =>
      meanPositions(ops.div(ops.sum(ops.abs(ops.sub(ops.softmax(prediction), target)), -1), 2)),
    regression: fromResidual((residual) => ops.abs(residual)),
  },
  source: 'Ghosh et al., Robust Loss Functions under Label Noise for Deep Neural Networks, AAAI 2017',
};
