import { predictedClasses, targetClasses } from './classes.js';
import { guarded } from './guarded.js';
import { logSoftmax, sigmoid } from './logits.js';
import type { Metric, MetricInput } from './metric.js';

/** Bins of equal width on [0, 1]; Guo et al. use 15. */
export const CALIBRATION_BINS = 15;

/**
 * Expected calibration error: Σ over bins of (share of weight) × |mean confidence − share of hits|, with
 * {@link CALIBRATION_BINS} bins ((m−1)/15, m/15] of equal width, 0 in the first.
 *
 * Multiclass (Guo et al., equation 3): the confidence is the probability of the predicted class, a hit is the
 * right class. Binary: the confidence is the probability of the positive class, a hit is a positive sample (a
 * reliability diagram), because with a rare positive class the predicted class is nearly always the negative.
 */
export const calibrationError: Metric = {
  name: 'calibration-error',
  summary: 'expected calibration error, 15 bins of equal width',
  targets: ['binary', 'multiclass'],
  direction: 'minimize',
  source: 'Guo et al., ICML 2017, equation 3; Naeini et al., AAAI 2015',
  prepare: guarded((input) => {
    const confidence = confidences(input);
    const actual = targetClasses(input);
    const predicted = predictedClasses(input);
    const gap = confidence.map((value, index) => {
      const hit = input.kind === 'binary' ? actual[index] === 1 : actual[index] === predicted[index];
      return value - (hit ? 1 : 0);
    });
    const bin = Uint8Array.from(confidence, (value) => Math.max(0, Math.ceil(value * CALIBRATION_BINS) - 1));
    return (weights) => {
      const gaps = new Float64Array(CALIBRATION_BINS);
      let total = 0;
      for (let index = 0; index < gap.length; index++) {
        gaps[bin[index]!]! += weights[index]! * gap[index]!;
        total += weights[index]!;
      }
      return total === 0 ? NaN : gaps.reduce((sum, value) => sum + Math.abs(value), 0) / total;
    };
  }),
};

function confidences(input: MetricInput): Float64Array {
  if (input.kind === 'binary') return Float64Array.from(input.prediction, sigmoid);
  const { size, outputs } = input;
  const logarithms = logSoftmax(input.prediction, size, outputs);
  return Float64Array.from({ length: size }, (_, row) =>
    // Rounding may lift a certain prediction above 1, out of the last bin.
    Math.min(
      1,
      Math.exp(logarithms.subarray(row * outputs, (row + 1) * outputs).reduce((a, b) => Math.max(a, b))),
    ),
  );
}
