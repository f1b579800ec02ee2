/** 1 / (1 + e^−z), without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const power = Math.exp(z);
  return power / (1 + power);
}

/** ln(1 + e^z), without overflow and exact for z far below 0. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** ln softmax of each row of a row-major matrix of logits, in double precision. */
export function logSoftmax(logits: Float32Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let largest = -Infinity;
    for (let column = 0; column < columns; column++) largest = Math.max(largest, logits[start + column]!);
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += Math.exp(logits[start + column]! - largest);
    const shift = largest + Math.log(sum);
    for (let column = 0; column < columns; column++) {
      result[start + column] = logits[start + column]! - shift;
    }
  }
  return result;
}

/**
 * ln(p / (1 − p)) of the softmax probability p of each class: the logit of that class less the logarithm of the
 * summed exponentials of the others, row-major. In the order of p, but without the ties that rounding makes where
 * p is next to 0 or 1.
 */
export function oneVersusRestLogits(logits: Float32Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let entry = 0; entry < result.length; entry++) {
    const start = entry - (entry % columns);
    let largest = -Infinity;
    for (let other = start; other < start + columns; other++) {
      if (other !== entry) largest = Math.max(largest, logits[other]!);
    }
    let sum = 0;
    for (let other = start; other < start + columns; other++) {
      if (other !== entry) sum += Math.exp(logits[other]! - largest);
    }
    result[entry] = logits[entry]! - largest - Math.log(sum);
  }
  return result;
}
