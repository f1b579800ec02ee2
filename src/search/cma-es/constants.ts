/** Strategy parameters of CMA-ES for n dimensions and waves of λ points. */
export interface CmaConstants {
  readonly dimensions: number;
  readonly lambda: number;
  /** Number of points with positive weight. */
  readonly mu: number;
  /** λ weights, best first; the first μ sum to 1. All others are 0 without active weights. */
  readonly weights: readonly number[];
  readonly muEffective: number;
  /** μ_eff of the negative weights. */
  readonly muEffectiveNegative: number;
  /** Factor on the negative weights. */
  readonly negativeFactor: number;
  readonly c1: number;
  readonly cMu: number;
  readonly cC: number;
  readonly cSigma: number;
  readonly damping: number;
  /** Expected length of a standard normal vector. */
  readonly expectedNorm: number;
}

export interface CmaVariant {
  /** Use negative weights too. */
  readonly active: boolean;
  readonly covariance: 'full' | 'separable';
}

/**
 * Default parameters of Hansen's tutorial (arXiv 1604.00772, table 1), not those of pycma. A diagonal C has n numbers
 * to learn in place of n (n + 1)/2, so its learning rates c_1 and c_μ are (n + 2)/3 as large (Ros & Hansen, PPSN 2008),
 * together at most 1.
 * @throws RangeError below one dimension or two points.
 */
export function cmaConstants(
  dimensions: number,
  lambda: number,
  { active, covariance }: CmaVariant,
): CmaConstants {
  if (dimensions < 1 || lambda < 2) {
    throw new RangeError(`CMA-ES needs a dimension and two points, not ${dimensions} and ${lambda}`);
  }
  const n = dimensions;
  const mu = Math.floor(lambda / 2);
  const raw = Array.from({ length: lambda }, (_, index) => Math.log((lambda + 1) / 2) - Math.log(index + 1));
  const muEffective = effective(raw.slice(0, mu));
  const muEffectiveNegative = effective(raw.slice(mu));
  const faster = covariance === 'separable' ? (n + 2) / 3 : 1;
  const c1 = Math.min(1, (faster * 2) / ((n + 1.3) ** 2 + muEffective));
  // 0 for λ = 2 and 3; rounding must not make that negative.
  const rankMu = Math.max(0, (2 * (muEffective - 2 + 1 / muEffective)) / ((n + 2) ** 2 + muEffective));
  const cMu = Math.min(1 - c1 - 1e-8, faster * rankMu);
  const negativeFactor = Math.min(
    1 + c1 / cMu,
    1 + (2 * muEffectiveNegative) / (muEffective + 2),
    (1 - c1 - cMu) / (n * cMu),
  );
  const positiveSum = sum(raw.filter((weight) => weight > 0));
  const negativeSum = -sum(raw.filter((weight) => weight < 0));
  const cSigma = (muEffective + 2) / (n + muEffective + 5);
  return {
    dimensions,
    lambda,
    mu,
    weights: raw.map((weight) => {
      if (weight >= 0) return weight / positiveSum;
      return active ? (negativeFactor * weight) / negativeSum : 0;
    }),
    muEffective,
    muEffectiveNegative,
    negativeFactor,
    c1,
    cMu,
    cC: (4 + muEffective / n) / (n + 4 + (2 * muEffective) / n),
    cSigma,
    damping: 1 + 2 * Math.max(0, Math.sqrt((muEffective - 1) / (n + 1)) - 1) + cSigma,
    expectedNorm: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((acc, value) => acc + value, 0);

/** (Σ w)² / Σ w². */
function effective(weights: readonly number[]): number {
  return sum(weights) ** 2 / sum(weights.map((weight) => weight * weight));
}
