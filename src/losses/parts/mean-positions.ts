import { ops, type Tensor } from '../../tensor/index.js';

/** [N, …] → [N]: the mean over everything beyond the batch axis. */
export function meanPositions(values: Tensor): Tensor {
  const [samples = 1] = values.shape;
  if (values.rank === 1) return values;
  if (values.size === samples) return ops.reshape(values, [samples]);
  return ops.mean(ops.reshape(values, [samples, values.size / samples]), 1);
}
