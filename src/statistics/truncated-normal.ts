import { FAR, logNormalCdf, logNormalMass, scaledErfc } from './normal-distribution.js';
import { lowerQuantile, normalQuantileOfLog } from './normal-quantile.js';

/** What lies this far, in logarithms, below another number adds nothing to it that a double could hold. */
const NOTHING = 40;

/** Over so little around 0 the density falls by less than half a unit of the last place: exp(−x²/2) > 1 − 2⁻⁵³. */
const FLAT = 1e-8;

/** log(Φ(a) + exp(b)). */
function logCdfPlus(a: number, b: number): number {
  // Φ(a) < exp(−a²/2): most kernels are far from the end of the range, and what a logarithm of Φ takes is spared.
  if (a < 0 && -0.5 * a * a < b - NOTHING) return b;
  const logCdf = logNormalCdf(a);
  const high = Math.max(logCdf, b);
  return high === -Infinity ? high : high + Math.log1p(Math.exp(Math.min(logCdf, b) - high));
}

/**
 * The quantile of the standard normal truncated to [a, b]: the x in it below which lies the part u of its mass.
 * @param u in [0, 1].
 */
export function truncatedNormalQuantile(u: number, a: number, b: number): number {
  // So narrow an interval around the middle is flat, and what its ends have in common would take all digits.
  if (a <= 0 && b >= 0 && b - a < FLAT) return a + u * (b - a);
  const mass = a < -FAR && b > FAR ? 0 : logNormalMass(a, b);
  const x =
    a < 0
      ? normalQuantileOfLog(logCdfPlus(a, Math.log(u) + mass))
      : -normalQuantileOfLog(logCdfPlus(-b, Math.log1p(-u) + mass));
  return Math.min(b, Math.max(a, x));
}

/** P(Z > z) for z ≥ 0, 0 where a double cannot tell it from 0 beside 1. */
const tail = (z: number): number =>
  z > FAR ? 0 : 0.5 * Math.exp(-0.5 * z * z) * scaledErfc(z * Math.SQRT1_2);

/**
 * As {@link truncatedNormalQuantile}, for an interval with 0 in it. No tail is so small there that it takes logarithms,
 * and that is half the time.
 * @param u in [0, 1].
 */
export function quantileAroundMean(u: number, a: number, b: number): number {
  if (b - a < FLAT) return a + u * (b - a);
  const below = tail(-a);
  const above = tail(b);
  const mass = 1 - below - above;
  const p = below + u * mass;
  // The smaller tail keeps its digits.
  const x = p <= 0.5 ? lowerQuantile(p) : -lowerQuantile(above + (1 - u) * mass);
  return Math.min(b, Math.max(a, x));
}
