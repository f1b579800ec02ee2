import { classTotals } from './confusion.js';
import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { meanOfDefined } from './weighted-mean.js';

/**
 * Mean over classes of F1 = 2 TP / (actual + predicted), in [0, 1]; for binary heads over both classes. A class
 * that neither occurs nor is predicted is left out; NaN where fewer than two classes occur among the targets.
 */
export const macroF1: Metric = {
  name: 'macro-f1',
  summary: 'mean over classes of F1',
  targets: ['binary', 'multiclass'],
  direction: 'maximize',
  source: "scikit-learn f1_score(average='macro')",
  prepare: guarded((input) => {
    const totals = classTotals(input);
    return (weights) => {
      const { actual, predicted, agreed, present } = totals(weights);
      if (present < 2) return NaN;
      return meanOfDefined(
        Array.from(actual, (total, index) => (2 * agreed[index]!) / (total + predicted[index]!)),
      );
    };
  }),
};
