import { classCount, predictedClasses, targetClasses } from './classes.js';
import type { MetricInput } from './metric.js';

/** Weights of the samples of each class: as targets, as predictions, and where both agree. */
export interface ClassTotals {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly agreed: Float64Array;
  /** Number of classes that occur among the targets with positive weight. */
  readonly present: number;
}

/** Prepares the weighted totals that every metric of hard class decisions is made of. */
export function classTotals(input: MetricInput): (weights: Float64Array) => ClassTotals {
  const actualClass = targetClasses(input);
  const predictedClass = predictedClasses(input);
  const classes = classCount(input);
  return (weights) => {
    const actual = new Float64Array(classes);
    const predicted = new Float64Array(classes);
    const agreed = new Float64Array(classes);
    for (let index = 0; index < actualClass.length; index++) {
      const weight = weights[index]!;
      const truth = actualClass[index]!;
      const answer = predictedClass[index]!;
      actual[truth]! += weight;
      predicted[answer]! += weight;
      if (truth === answer) agreed[truth]! += weight;
    }
    return { actual, predicted, agreed, present: actual.filter((total) => total > 0).length };
  };
}
