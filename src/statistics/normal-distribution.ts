/** The standard normal distribution, in logarithms, so that no tail underflows. */

export const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Beyond this the distribution has no mass that a double could tell from none beside 1. */
export const FAR = 8.4;

/**
 * Chebyshev coefficients of (1 + 2z) erfcx(z), z ≥ 0, in t = (z − 3.75)/(z + 3.75): the form of Shepherd &
 * Laframboise, Math. Comp. 36 (1981). Computed by interpolation with 50 digits; the next one is below 1e-19.
 */
const SCALED_COEFFICIENTS = Float64Array.of(
  2.3551578691348034,
  -0.004590054580646478,
  -0.08424913336651792,
  0.05920993999819189,
  -0.026658668435305753,
  0.009074997670705265,
  -0.002413163540417608,
  0.0004907758365258086,
  -6.916973302501207e-5,
  4.13902798607301e-6,
  7.74038306619849e-7,
  -2.1886401049234397e-7,
  1.076499946567091e-8,
  4.521959811218287e-9,
  -7.754400208831351e-10,
  -6.318088340886684e-11,
  2.86879501093067e-11,
  1.9455868545777347e-13,
  -9.65469674843344e-13,
  3.25254814814874e-14,
  3.3478119482868056e-14,
  -1.864562880419313e-15,
  -1.2507950530688648e-15,
  7.418235256624044e-17,
  5.068148904796111e-17,
  -2.2370566594359995e-18,
  -2.187342944303018e-18,
);

/** exp(z²) erfc(z) for z ≥ 0: between 1 and 0, like 1/(z √π) far out. Relative error below 1e-14. */
export function scaledErfc(z: number): number {
  if (z === Infinity) return 0;
  const t = (z - 3.75) / (z + 3.75);
  let next = 0;
  let here = 0;
  for (let index = SCALED_COEFFICIENTS.length - 1; index > 0; index--) {
    const held = here;
    here = 2 * t * here - next + SCALED_COEFFICIENTS[index]!;
    next = held;
  }
  return (t * here - next + SCALED_COEFFICIENTS[0]! / 2) / (1 + 2 * z);
}

/** log φ(x), φ the density. */
export function logNormalDensity(x: number): number {
  return -0.5 * x * x - LOG_SQRT_TWO_PI;
}

/** log Φ(x), Φ the cumulative distribution: −804.6 at −40, −9.9e-10 at 6. Relative error below 1e-13. */
export function logNormalCdf(x: number): number {
  if (x === -Infinity) return -Infinity;
  if (x < 0) return Math.log(0.5 * scaledErfc(-x * Math.SQRT1_2)) - 0.5 * x * x;
  return Math.log1p(-0.5 * Math.exp(-0.5 * x * x) * scaledErfc(x * Math.SQRT1_2));
}

/** Below this Φ(x) is smaller than every double. */
const NOTHING = -38.6;

/** Φ(x) for x ≤ 0. */
function lowerTail(x: number): number {
  return x < NOTHING ? 0 : Math.exp(logNormalCdf(x));
}

/** log(Φ(b) − Φ(a)) of the standard normal, a < b; exact in both tails. −Infinity where a = b. */
export function logNormalMass(a: number, b: number): number {
  if (!(a < b)) return -Infinity;
  if (a > 0) return logNormalMass(-b, -a);
  if (b <= 0) {
    const upper = logNormalCdf(b);
    return upper + Math.log1p(-Math.exp(logNormalCdf(a) - upper));
  }
  return Math.log1p(-lowerTail(a) - lowerTail(-b));
}

/** P(Z > x) of the standard normal. */
export function upperTail(x: number): number {
  return Math.exp(logNormalCdf(-x));
}
