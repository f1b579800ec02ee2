import { logNormalCdf, logNormalMass } from '../../statistics/normal-distribution.js';
import { normalQuantileOfLog } from '../../statistics/normal-quantile.js';
import { FAR } from './parzen.js';

/** What lies this far, in logarithms, below another number adds nothing to it that a double could hold. */
const NOTHING = 40;

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
  const mass = a < -FAR && b > FAR ? 0 : logNormalMass(a, b);
  const x =
    a < 0
      ? normalQuantileOfLog(logCdfPlus(a, Math.log(u) + mass))
      : -normalQuantileOfLog(logCdfPlus(-b, Math.log1p(-u) + mass));
  return Math.min(b, Math.max(a, x));
}
