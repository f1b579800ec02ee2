/**
 * Linear-quadratic map of the real line onto [lower, upper] (pycma's BoundTransform): the identity but for a margin
 * at each bound, where it turns in a parabola; periodic, mirrored, outside. Smooth, so the ranking of points
 * beyond a bound still says which way is better. The margin of a bound b is min((upper − lower)/2, max(1, |b|)/20).
 * An infinite bound is no bound.
 */
export function linearQuadratic(value: number, lower: number, upper: number): number {
  const half = (upper - lower) / 2;
  const lowerMargin = Math.min(half, Math.max(1, Math.abs(lower)) / 20);
  const upperMargin = Math.min(half, Math.max(1, Math.abs(upper)) / 20);
  const low = lower - lowerMargin;
  const high = upper + upperMargin;
  const y = mirror(value, low, high);
  if (y < lower + lowerMargin) return lower + (y - low) ** 2 / (4 * lowerMargin);
  if (y > upper - upperMargin) return upper - (y - high) ** 2 / (4 * upperMargin);
  return y;
}

/** Folds a number into [low, high] as between two mirrors. */
function mirror(value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  if (high === Infinity) return 2 * low - value;
  if (low === -Infinity) return 2 * high - value;
  const span = high - low;
  const offset = (((value - low) % (2 * span)) + 2 * span) % (2 * span);
  return low + (offset > span ? 2 * span - offset : offset);
}

/**
 * The number nearest to the middle that {@link linearQuadratic} maps to a value of [lower, upper].
 * @throws RangeError on a value outside.
 */
export function linearQuadraticInverse(value: number, lower: number, upper: number): number {
  if (!(value >= lower && value <= upper)) throw new RangeError(`${value} is not in [${lower}, ${upper}]`);
  const half = (upper - lower) / 2;
  const lowerMargin = Math.min(half, Math.max(1, Math.abs(lower)) / 20);
  const upperMargin = Math.min(half, Math.max(1, Math.abs(upper)) / 20);
  if (value < lower + lowerMargin) return lower - lowerMargin + Math.sqrt(4 * lowerMargin * (value - lower));
  if (value > upper - upperMargin) return upper + upperMargin - Math.sqrt(4 * upperMargin * (upper - value));
  return value;
}
