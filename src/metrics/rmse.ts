import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { rowErrors } from './row-errors.js';
import { weightedMean } from './weighted-mean.js';

/**
 * Square root of the mean squared error over samples and outputs together, in the units of the target as the task
 * gives it. (scikit-learn takes the root for each output; the two differ only for heads with several outputs.)
 */
export const rmse: Metric = {
  name: 'rmse',
  summary: 'root mean squared error',
  targets: ['regression'],
  direction: 'minimize',
  source: 'scikit-learn root_mean_squared_error',
  prepare: guarded((input) => {
    const errors = rowErrors(input, (difference) => difference * difference);
    return (weights) => Math.sqrt(weightedMean(errors, weights));
  }),
};
