import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { rowErrors } from './row-errors.js';
import { weightedMean } from './weighted-mean.js';

/** Mean absolute error over samples and outputs, in the units of the target as the task gives it. */
export const mae: Metric = {
  name: 'mae',
  summary: 'mean absolute error',
  targets: ['regression'],
  direction: 'minimize',
  source: 'scikit-learn mean_absolute_error',
  prepare: guarded((input) => {
    const errors = rowErrors(input, Math.abs);
    return (weights) => weightedMean(errors, weights);
  }),
};
