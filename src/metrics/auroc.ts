import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { rankingScore } from './ranking.js';

/**
 * Area under the receiver operating characteristic: the probability that a positive scores higher than a
 * negative, ties counting one half. Multiclass: mean over classes of one against the rest, by softmax
 * probability. NaN where one class only occurs.
 */
export const auroc: Metric = {
  name: 'auroc',
  summary: 'area under the ROC curve (multiclass: one-vs-rest mean)',
  targets: ['binary', 'multiclass'],
  direction: 'maximize',
  source: "Fawcett, Pattern Recognition Letters 2006; scikit-learn roc_auc_score(multi_class='ovr')",
  prepare: guarded((input) =>
    rankingScore(
      input,
      (positives, negatives, positivesAbove) => negatives * (positivesAbove + positives / 2),
      (positives, negatives) => 1 / (positives * negatives),
      1,
    ),
  ),
};
