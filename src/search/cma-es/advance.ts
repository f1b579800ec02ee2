import type { Step } from '../normal-search/normal-distribution.js';
import { dot, norm, zeros, type Vector } from '../normal-search/vector.js';
import type { CmaState } from './cma-state.js';
import type { CmaConstants } from './constants.js';

/** Guard against a division by 0 in the weights of the negative update. */
const EPSILON = 1e-10;

/** The mean, the step size and the paths after a generation, and the factors of the sum that makes the next C. */
export interface Advance {
  readonly state: CmaState;
  /** Factor on the C before. */
  readonly decay: number;
  /** Factor on y_i y_i' of each step, c_μ included. */
  readonly rankMu: Vector;
}

/** The weighted mean Σ w_i v_i of the good steps, of their y or z. */
function recombined({ weights, mu }: CmaConstants, steps: readonly Step[], part: 'y' | 'z'): number[] {
  const sum = zeros(steps[0]!.y.length);
  for (let rank = 0; rank < mu; rank++) {
    const vector = steps[rank]![part];
    const weight = weights[rank]!;
    for (let index = 0; index < sum.length; index++) sum[index]! += weight * vector[index]!;
  }
  return sum;
}

/**
 * Equations of figure 6 of Hansen's tutorial, but for the sum that makes C.
 * @param whitened C^(−1/2) y for the recombined z of a step y
 */
export function advance(
  state: CmaState,
  constants: CmaConstants,
  steps: readonly Step[],
  whitened: (z: Vector) => Vector,
): Advance {
  const { dimensions: n, weights, muEffective, c1, cMu, cC, cSigma, damping, expectedNorm } = constants;
  const mutation = recombined(constants, steps, 'y');
  const direction = whitened(recombined(constants, steps, 'z'));
  const mean = zeros(n);
  const pathSigma = zeros(n);
  const gainSigma = Math.sqrt(cSigma * (2 - cSigma) * muEffective);
  for (let index = 0; index < n; index++) {
    mean[index] = state.mean[index]! + state.sigma * mutation[index]!;
    pathSigma[index] = (1 - cSigma) * state.pathSigma[index]! + gainSigma * direction[index]!;
  }
  const length = norm(pathSigma);
  const sigma = state.sigma * Math.exp((cSigma / damping) * (length / expectedNorm - 1));

  const settled = length / Math.sqrt(1 - (1 - cSigma) ** (2 * (state.generation + 1)));
  const keep = settled < (1.4 + 2 / (n + 1)) * expectedNorm ? 1 : 0;
  const gainC = keep * Math.sqrt(cC * (2 - cC) * muEffective);
  const pathC = zeros(n);
  for (let index = 0; index < n; index++) {
    pathC[index] = (1 - cC) * state.pathC[index]! + gainC * mutation[index]!;
  }

  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    state: { generation: state.generation + 1, mean, sigma, pathC, pathSigma },
    decay: 1 + c1 * (1 - keep) * cC * (2 - cC) - c1 - cMu * weightSum,
    rankMu: weights.map((weight, rank) => {
      if (weight >= 0) return cMu * weight;
      // z has the length of C^(−1/2) y.
      const { z } = steps[rank]!;
      return (cMu * weight * n) / (dot(z, z) + EPSILON);
    }),
  };
}
