/**
 * P(Z > x) of the standard normal for x ≥ 0: the power series of Φ up to 3, Laplace's continued fraction beyond
 * (Abramowitz & Stegun 26.2.11 and 26.2.14). Relative error below 1e-13.
 */
export function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let odd = 3; term > 1e-17 * sum; odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 100; k >= 1; k--) fraction = x + k / fraction;
  return density / fraction;
}

/**
 * The x with P(Z > x) = probability, for a probability in (0, ½]: Newton's steps on the logarithm of the tail, which
 * is concave, so that they converge from any start beyond the root, such as the bound P(Z > x) ≤ ½ exp(−x²/2).
 * @throws RangeError on another probability.
 */
export function upperQuantile(probability: number): number {
  if (!(probability > 0 && probability <= 0.5)) {
    throw new RangeError(`a probability in (0, 0.5] expected, not ${probability}`);
  }
  let x = Math.sqrt(Math.max(0, -2 * Math.log(2 * probability)));
  for (let step = 0; step < 100; step++) {
    const tail = upperTail(x);
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const change = ((Math.log(tail) - Math.log(probability)) * tail) / density;
    x += change;
    if (Math.abs(change) < 1e-14 * (1 + x)) break;
  }
  return x;
}
