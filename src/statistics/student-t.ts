/**
 * Student's t distribution. Degrees of freedom are real and > 0; Infinity is the standard normal.
 */

/** P(|T| ≥ |t|), in [0, 1]; relative error below 1e-9 down to 1e-250. */
export function tTwoSided(t: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  // Beyond this the normal limit is exact in double precision for every tail that a report shows.
  const degrees = Math.min(degreesOfFreedom, 1e7);
  const square = t * t;
  if (square === Infinity) return 0;
  return regularisedBeta(degrees / (degrees + square), square / (degrees + square), degrees / 2, 0.5);
}

/**
 * The t with P(|T| ≤ t) = level: half the width of an interval in standard errors.
 * @param level in (0, 1).
 */
export function tCritical(level: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (!(level > 0 && level < 1)) throw new RangeError(`an interval needs a level in (0, 1), not ${level}`);
  const tail = 1 - level;
  let low = 0;
  let high = 1;
  while (tTwoSided(high, degreesOfFreedom) > tail && high < 1e300) {
    low = high;
    high *= 2;
  }
  // Bisection to the last bit: 60 evaluations, used a few times a report.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (tTwoSided(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return high;
}

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0))
    throw new RangeError(`degrees of freedom must be > 0, not ${degreesOfFreedom}`);
}

/**
 * I_x(a, b) with the complement of x given apart, so that neither end loses digits. Continued fraction by Lentz's
 * method (Press et al., Numerical Recipes, section 6.4).
 */
function regularisedBeta(x: number, complement: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * logOf(x, complement) + b * logOf(complement, x),
  );
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(complement, b, a)) / b;
}

/** log x, from 1 − x where x is near 1. */
function logOf(x: number, complement: number): number {
  return complement < 0.5 ? Math.log1p(-complement) : Math.log(x);
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return result;
}

/** log Γ(x) for x > 0: Stirling's series after shifting x above 12. */
function logGamma(x: number): number {
  let shift = 0;
  let value = x;
  for (; value < 12; value++) shift += Math.log(value);
  const inverse = 1 / (value * value);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / value;
  return (value - 0.5) * Math.log(value) - value + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
