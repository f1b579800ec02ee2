import { predictedClasses, targetClasses } from './classes.js';
import { guarded } from './guarded.js';
import type { Metric } from './metric.js';
import { weightedMean } from './weighted-mean.js';

/** Share of the samples whose predicted class is right, in [0, 1]. */
export const accuracy: Metric = {
  name: 'accuracy',
  summary: 'share of samples with the right class',
  targets: ['binary', 'multiclass'],
  direction: 'maximize',
  source: 'scikit-learn accuracy_score',
  prepare: guarded((input) => {
    const actual = targetClasses(input);
    const predicted = predictedClasses(input);
    const right = Float64Array.from(actual, (truth, index) => (truth === predicted[index] ? 1 : 0));
    return (weights) => weightedMean(right, weights);
  }),
};
