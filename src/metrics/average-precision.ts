import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { rankingScore } from './ranking.js';

/**
 * Average precision: Σ over thresholds of (recall gained) × (precision there), tied scores being one threshold
 * and nothing interpolated. Chance level is the share of positives. Multiclass: mean over classes of one against
 * the rest, by softmax probability. NaN where one class only occurs.
 */
export const averagePrecision: Metric = {
  name: 'average-precision',
  summary: 'area under the precision-recall steps (multiclass: one-vs-rest mean)',
  targets: ['binary', 'multiclass'],
  direction: 'maximize',
  source: "scikit-learn average_precision_score(average='macro')",
  prepare: guarded((input) =>
    rankingScore(
      input,
      (positives, negatives, positivesAbove, negativesAbove) => {
        if (positives === 0) return 0;
        const found = positivesAbove + positives;
        return (positives * found) / (found + negativesAbove + negatives);
      },
      (positives) => 1 / positives,
      0,
    ),
  ),
};
