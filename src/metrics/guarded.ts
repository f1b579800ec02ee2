import type { Metric, MetricInput } from './metric.js';

/**
 * The common shell of every metric: checks sizes, supplies the weights (all 1) that are left out, and gives NaN
 * where a prediction is NaN (multiclass: or infinite) or the weights sum to 0. The inner function is called with weights always present.
 * @throws RangeError when lengths disagree: a bug of the caller.
 */
export function guarded(
  prepare: (input: MetricInput) => (weights: Float64Array) => number,
): Metric['prepare'] {
  return (input) => {
    const { prediction, target, size, outputs } = input;
    if (prediction.length !== size * outputs || target.length !== size * outputs) {
      throw new RangeError(
        `expected ${size} x ${outputs} predictions and targets, got ${prediction.length} and ${target.length}`,
      );
    }
    // Softmax of an infinite logit has no value.
    const usable = input.kind === 'multiclass' ? areFinite(prediction) : areNumbers(prediction);
    if (size === 0 || !usable) return () => NaN;
    const ones = new Float64Array(size).fill(1);
    const score = prepare(input);
    return (weights = ones) => {
      if (weights.length !== size) throw new RangeError(`expected ${size} weights, got ${weights.length}`);
      return score(weights);
    };
  };
}

// Loops and not `every`: all predictions are looked at at every evaluation.
function areFinite(values: Float32Array): boolean {
  for (let index = 0; index < values.length; index++) if (!Number.isFinite(values[index])) return false;
  return true;
}

function areNumbers(values: Float32Array): boolean {
  for (let index = 0; index < values.length; index++) if (Number.isNaN(values[index])) return false;
  return true;
}
