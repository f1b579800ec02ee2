import type { MetricInput } from './metric.js';

/** Mean over the outputs of a sample of `cost(prediction − target)`, for each sample. */
export function rowErrors(input: MetricInput, cost: (difference: number) => number): Float64Array {
  const { prediction, target, size, outputs } = input;
  const errors = new Float64Array(size);
  for (let entry = 0; entry < prediction.length; entry++) {
    errors[Math.floor(entry / outputs)]! += cost(prediction[entry]! - target[entry]!) / outputs;
  }
  return errors;
}
