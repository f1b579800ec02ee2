import type { MetricInput } from './metric.js';

/** Number of classes of a classification head: 2 for binary, the width of the head otherwise. */
export function classCount(input: MetricInput): number {
  return input.kind === 'binary' ? 2 : input.outputs;
}

/** Class of each target: target ≥ 0.5 for binary, the largest entry (the first on a tie) for multiclass. */
export function targetClasses(input: MetricInput): Int32Array {
  return input.kind === 'binary'
    ? positives(input.target, (value) => value >= 0.5)
    : argmaxOfRows(input.target, input.size, input.outputs);
}

/** Class of each prediction: logit > 0 for binary, the largest logit (the first on a tie) for multiclass. */
export function predictedClasses(input: MetricInput): Int32Array {
  return input.kind === 'binary'
    ? positives(input.prediction, (logit) => logit > 0)
    : argmaxOfRows(input.prediction, input.size, input.outputs);
}

/** 1 where the test holds. A loop: `from` with a function is several times slower for typed arrays. */
function positives(values: Float32Array, test: (value: number) => boolean): Int32Array {
  const result = new Int32Array(values.length);
  for (let index = 0; index < values.length; index++) result[index] = test(values[index]!) ? 1 : 0;
  return result;
}

/** Index of the largest value in each row of a row-major matrix. */
function argmaxOfRows(values: Float32Array, rows: number, columns: number): Int32Array {
  const result = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let column = 1; column < columns; column++) {
      if (values[row * columns + column]! > values[row * columns + best]!) best = column;
    }
    result[row] = best;
  }
  return result;
}
