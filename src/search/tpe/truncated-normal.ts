import { logNormalCdf, logNormalMass, normalQuantileOfLog } from '../../statistics/normal-distribution.js';

/** log(exp(a) + exp(b)). */
function logAddExp(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === -Infinity ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/**
 * The quantile of the standard normal truncated to [a, b]: the x in it below which lies the part u of its mass.
 * @param u in [0, 1].
 */
export function truncatedNormalQuantile(u: number, a: number, b: number): number {
  const mass = logNormalMass(a, b);
  const x =
    a < 0
      ? normalQuantileOfLog(logAddExp(logNormalCdf(a), Math.log(u) + mass))
      : -normalQuantileOfLog(logAddExp(logNormalCdf(-b), Math.log1p(-u) + mass));
  return Math.min(b, Math.max(a, x));
}
