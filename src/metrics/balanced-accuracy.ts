import { classTotals } from './confusion.js';
import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { meanOfDefined } from './weighted-mean.js';

/**
 * Mean over the classes that occur of the share of their samples that is found (recall), in [0, 1]. NaN where
 * fewer than two classes occur: scikit-learn gives the recall of the one class there, which says nothing.
 */
export const balancedAccuracy: Metric = {
  name: 'balanced-accuracy',
  summary: 'mean recall over the classes',
  targets: ['binary', 'multiclass'],
  direction: 'maximize',
  source: 'Brodersen et al., ICPR 2010; scikit-learn balanced_accuracy_score',
  prepare: guarded((input) => {
    const totals = classTotals(input);
    return (weights) => {
      const { actual, agreed, present } = totals(weights);
      // 0 / 0 is NaN: a class that does not occur is left out.
      return present < 2 ? NaN : meanOfDefined(Array.from(actual, (total, index) => agreed[index]! / total));
    };
  }),
};
