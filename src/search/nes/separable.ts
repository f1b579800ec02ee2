import type { NormalDistribution, Start, Step } from '../normal-search/normal-distribution.js';
import { diagonalOf, extremes, zeros, type Vector } from '../normal-search/vector.js';
import { utilities } from '../normal-search/utilities.js';

/** N(mean, σ² diag(d²)); σ keeps its first value and d learns. */
export interface SeparableNesState {
  readonly mean: Vector;
  readonly sigma: number;
  readonly deviations: Vector;
}

/** η_σ = (3 + ln n)/(5 √n), table 1 of Wierstra et al. */
export function separableRate(dimensions: number): number {
  return (3 + Math.log(dimensions)) / (5 * Math.sqrt(dimensions));
}

export function startSeparableNes({ mean, sigma, covariance }: Start): SeparableNesState {
  return {
    mean: [...mean],
    sigma,
    deviations: diagonalOf(covariance, mean.length).map(Math.sqrt),
  };
}

/**
 * One generation of SNES (Schaul, Glasmachers & Schmidhuber, GECCO 2011): the natural gradient in each coordinate.
 * @param steps the λ steps, best first
 */
export function updateSeparableNes(state: SeparableNesState, steps: readonly Step[]): SeparableNesState {
  const { mean, sigma, deviations } = state;
  const n = mean.length;
  const weights = utilities(steps.length);
  const rate = separableRate(n);
  const moved = zeros(n);
  const learnt = zeros(n);
  for (let index = 0; index < n; index++) {
    let delta = 0;
    // Σ u (z² − 1) = Σ u z², as the utilities sum to 0.
    let growth = 0;
    for (let rank = 0; rank < steps.length; rank++) {
      const z = steps[rank]!.z[index]!;
      delta += weights[rank]! * z;
      growth += weights[rank]! * z * z;
    }
    moved[index] = mean[index]! + sigma * deviations[index]! * delta;
    learnt[index] = deviations[index]! * Math.exp((rate / 2) * growth);
  }
  return { mean: moved, sigma, deviations: learnt };
}

/** The distribution of a state. */
export function separableNesDistribution(state: SeparableNesState): NormalDistribution {
  const { deviations } = state;
  return {
    ...state,
    stepOf: (z) => z.map((value, index) => value * deviations[index]!),
    standardOf: (y) => y.map((value, index) => value / deviations[index]!),
    axes: () => extremes(deviations),
    updated: (steps) => separableNesDistribution(updateSeparableNes(state, steps)),
    movedTo: (mean) => separableNesDistribution({ ...state, mean }),
  };
}
