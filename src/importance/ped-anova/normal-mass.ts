const SQRT_PI = Math.sqrt(Math.PI);

/** Probability of a standard normal number in [low, high], low ≤ high; relative error about 1e-13 in both tails. */
export function normalMass(low: number, high: number): number {
  // Differences of the smaller tail keep their digits.
  if (low > 0) return upperTail(low) - upperTail(high);
  if (high < 0) return upperTail(-high) - upperTail(-low);
  return 1 - upperTail(-low) - upperTail(high);
}

/** P(Z > z) for z ≥ 0. */
function upperTail(z: number): number {
  return complementaryError(z / Math.SQRT2) / 2;
}

/** erfc(x) for x ≥ 0: the power series of erf, and Lentz's continued fraction where it converges faster. */
function complementaryError(x: number): number {
  if (x === Infinity) return 0;
  const square = x * x;
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (2 * square) / (2 * k + 1);
      sum += term;
    }
    return 1 - (2 / SQRT_PI) * Math.exp(-square) * sum;
  }
  // erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) (Abramowitz & Stegun 7.1.14).
  let fraction = 0;
  for (let k = 80; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-square) / SQRT_PI / (x + fraction);
}
