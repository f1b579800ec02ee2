import { zeros, type Vector } from '../normal-search/vector.js';

/** What both forms of CMA-ES know: the mean, the step size and the evolution paths. */
export interface CmaState {
  /** Updates so far; 0 at the start of a run. */
  readonly generation: number;
  readonly mean: Vector;
  readonly sigma: number;
  /** Evolution path of the covariance, p_c. */
  readonly pathC: Vector;
  /** Evolution path of the step size, p_σ. */
  readonly pathSigma: Vector;
}

export function startPaths(mean: Vector, sigma: number): CmaState {
  const n = mean.length;
  return {
    generation: 0,
    mean: [...mean],
    sigma,
    pathC: zeros(n),
    pathSigma: zeros(n),
  };
}
