/** Mean and standard deviation (of the population, divisor n) in double precision. */
export interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** Two passes, so that a large mean does not eat the deviation. */
export function moments(values: ArrayLike<number>): Moments {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** Whether values with these moments differ only by rounding. */
export function isConstant({ mean, deviation }: Moments): boolean {
  return deviation <= 1e-12 * Math.max(1e-300, Math.abs(mean)) || deviation === 0;
}

/** The middle value, or the mean of the two in the middle. NaN for no values. */
export function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Standardises every column of a row-major matrix in place by its moments over the train rows; constants to 0. */
export function standardiseColumns(values: Float64Array, width: number, train: Int32Array): void {
  for (let column = 0; column < width; column++) {
    const { mean, deviation } = moments(Float64Array.from(train, (row) => values[row * width + column]!));
    const scale = deviation > 0 ? 1 / deviation : 0;
    for (let entry = column; entry < values.length; entry += width) {
      values[entry] = (values[entry]! - mean) * scale;
    }
  }
}
