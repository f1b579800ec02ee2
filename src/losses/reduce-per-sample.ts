import { ops, type Tensor } from '../tensor/index.js';

/** Keeps the weighted mean of samples that all weigh 0 at 0. */
const TINY = 1e-12;

/** How weighted losses become one number, see {@link reducePerSample}. */
export type Reduction = 'mean' | 'weighted-mean' | 'sum';

/**
 * Losses l [N] and sample weights w ≥ 0 [N] → one number: `mean` Σ w·l/N, `weighted-mean` Σ w·l/Σ w (0 where all
 * weights are 0), `sum` Σ w·l.
 */
export function reducePerSample(total: Tensor, weights: Tensor, reduction: Reduction): Tensor {
  const weighted = ops.mul(total, weights);
  switch (reduction) {
    case 'mean':
      return ops.mean(weighted);
    case 'sum':
      return ops.sum(weighted);
    case 'weighted-mean':
      return ops.div(ops.sum(weighted), ops.maximum(ops.sum(weights), TINY));
  }
}
