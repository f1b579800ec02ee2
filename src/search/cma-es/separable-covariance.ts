import type { NormalDistribution, Start, Step } from '../normal-search/normal-distribution.js';
import { diagonalOf, extremes, zeros, type Vector } from '../normal-search/vector.js';
import { advance } from './advance.js';
import { startPaths, type CmaState } from './cma-state.js';
import { cmaConstants, type CmaConstants } from './constants.js';

/** N(mean, σ² C) with a diagonal C. */
export interface SeparableState extends CmaState {
  /** C_jj. */
  readonly variances: Vector;
}

export function startSeparable({ mean, sigma, covariance }: Start): SeparableState {
  return { ...startPaths(mean, sigma), variances: diagonalOf(covariance, mean.length) };
}

/**
 * One generation of sep-CMA-ES (Ros & Hansen, PPSN 2008): that of CMA-ES, whose C keeps its diagonal alone.
 * @param constants those of `separable`
 * @param steps the λ steps, best first
 */
export function updateSeparable(
  state: SeparableState,
  constants: CmaConstants,
  steps: readonly Step[],
): SeparableState {
  const { dimensions: n, c1 } = constants;
  const { state: next, decay, rankMu } = advance(state, constants, steps, (z) => z);
  const variances = zeros(n);
  for (let index = 0; index < n; index++) {
    let variance = decay * state.variances[index]! + c1 * next.pathC[index]! ** 2;
    for (let rank = 0; rank < steps.length; rank++) {
      variance += rankMu[rank]! * steps[rank]!.y[index]! ** 2;
    }
    variances[index] = Math.max(variance, 1e-20);
  }
  return { ...next, variances };
}

/** The distribution of a state. */
export function separableDistribution(state: SeparableState, active: boolean): NormalDistribution {
  const { mean, sigma, variances } = state;
  const deviations = variances.map(Math.sqrt);
  return {
    mean,
    sigma,
    deviations,
    stepOf: (z) => z.map((value, index) => value * deviations[index]!),
    standardOf: (y) => y.map((value, index) => value / deviations[index]!),
    axes: () => extremes(deviations),
    updated: (steps) => {
      const constants = cmaConstants(mean.length, steps.length, { active, covariance: 'separable' });
      return separableDistribution(updateSeparable(state, constants, steps), active);
    },
    movedTo: (moved) => separableDistribution({ ...state, mean: moved }, active),
  };
}
