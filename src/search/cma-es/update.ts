import type { CmaConstants } from './constants.js';
import { decompose, dot, norm, whiten, type CmaState } from './state.js';

/** Guard against a division by 0 in the weights of the negative update. */
const EPSILON = 1e-10;

/**
 * One generation of CMA-ES (Hansen's tutorial, equations of figure 6): the distribution moves towards the good
 * steps and stretches along them.
 * @param steps the λ steps y_i = (x_i − mean)/σ, best first.
 */
export function updateState(
  state: CmaState,
  constants: CmaConstants,
  steps: readonly (readonly number[])[],
): CmaState {
  const { dimensions: n, weights, mu, muEffective, c1, cMu, cC, cSigma, damping, expectedNorm } = constants;
  const good = steps.slice(0, mu);
  const mutation = state.mean.map((_, index) =>
    good.reduce((sum, step, rank) => sum + weights[rank]! * step[index]!, 0),
  );
  const mean = state.mean.map((center, index) => center + state.sigma * mutation[index]!);

  const whitened = whiten(state, mutation);
  const gainSigma = Math.sqrt(cSigma * (2 - cSigma) * muEffective);
  const pathSigma = state.pathSigma.map(
    (value, index) => (1 - cSigma) * value + gainSigma * whitened[index]!,
  );
  const length = norm(pathSigma);
  const sigma = state.sigma * Math.exp((cSigma / damping) * (length / expectedNorm - 1));

  const settled = length / Math.sqrt(1 - (1 - cSigma) ** (2 * (state.generation + 1)));
  const keep = settled < (1.4 + 2 / (n + 1)) * expectedNorm ? 1 : 0;
  const gainC = keep * Math.sqrt(cC * (2 - cC) * muEffective);
  const pathC = state.pathC.map((value, index) => (1 - cC) * value + gainC * mutation[index]!);

  const rankWeights = weights.map((weight, rank) => {
    if (weight >= 0) return weight;
    const distance = whiten(state, steps[rank]!);
    return (weight * n) / (dot(distance, distance) + EPSILON);
  });
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const decay = 1 + c1 * (1 - keep) * cC * (2 - cC) - c1 - cMu * weightSum;
  const covariance = state.covariance.map((row) => [...row]);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rankMu = 0;
      for (let rank = 0; rank < steps.length; rank++) {
        rankMu += rankWeights[rank]! * steps[rank]![i]! * steps[rank]![j]!;
      }
      const value = decay * state.covariance[i]![j]! + c1 * pathC[i]! * pathC[j]! + cMu * rankMu;
      covariance[i]![j] = value;
      covariance[j]![i] = value;
    }
  }
  return {
    ...state,
    ...decompose(covariance),
    generation: state.generation + 1,
    mean,
    sigma,
    covariance,
    pathC,
    pathSigma,
  };
}
