import { logNormalCdf, logNormalDensity, scaledErfc } from '../../statistics/normal-distribution.js';

/**
 * log(φ(z) + z Φ(z)), without loss of digits where z is far below 0 (Ament et al., NeurIPS 2023, equation 9; here by
 * the scaled complementary error function, and by its asymptote below −10⁴).
 */
export function logImprovement(z: number): number {
  if (z > -1) return Math.log(Math.exp(logNormalDensity(z)) + z * Math.exp(logNormalCdf(z)));
  if (z < -1e4) return logNormalDensity(z) - 2 * Math.log(-z);
  return logNormalDensity(z) + Math.log1p(z * Math.sqrt(Math.PI / 2) * scaledErfc(-z * Math.SQRT1_2));
}

export interface Acquisition {
  readonly value: number;
  readonly byMean: number;
  readonly byVariance: number;
}

/** log of the expected improvement below `best` of a normal variable, with its derivatives. */
export function logExpectedImprovement(best: number, mean: number, variance: number): Acquisition {
  const deviation = Math.sqrt(variance);
  const z = (best - mean) / deviation;
  const logH = logImprovement(z);
  const logDeviation = Math.log(deviation);
  return {
    value: logDeviation + logH,
    byMean: -Math.exp(logNormalCdf(z) - logDeviation - logH),
    byVariance: Math.exp(logNormalDensity(z) - logDeviation - logH) / (2 * deviation),
  };
}
