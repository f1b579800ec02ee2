import { decompose } from '../normal-search/decompose.js';
import type { NormalDistribution, Start, Step } from '../normal-search/normal-distribution.js';
import {
  diagonalOf,
  extremes,
  multiply,
  multiplyTransposed,
  zeros,
  type Vector,
} from '../normal-search/vector.js';
import { advance } from './advance.js';
import { startPaths, type CmaState } from './cma-state.js';
import { cmaConstants, type CmaConstants } from './constants.js';

/** N(mean, σ² C) with a full C, n × n in rows. */
export interface FullState extends CmaState {
  readonly covariance: Vector;
  /** C = B D² B' as of `decomposed`: eigenvectors in the columns of B, square roots of eigenvalues in D. */
  readonly axes: Vector;
  readonly scales: Vector;
  /** Generation of the last decomposition. */
  readonly decomposed: number;
}

export function startFull({ mean, sigma, covariance }: Start): FullState {
  return {
    ...startPaths(mean, sigma),
    covariance: [...covariance],
    ...axesOf(covariance, mean.length),
    decomposed: 0,
  };
}

/** B and D; eigenvalues that rounding made negative count as 1e-20. */
function axesOf(covariance: Vector, n: number): Pick<FullState, 'axes' | 'scales'> {
  const { axes, values } = decompose(covariance, n);
  return { axes, scales: values.map((value) => Math.sqrt(Math.max(value, 1e-20))) };
}

/** Generations from one decomposition to the next: C changes little meanwhile (Hansen's tutorial, B.2). */
export function decomposeEvery({ dimensions, c1, cMu }: CmaConstants): number {
  return Math.max(1, Math.floor(1 / (10 * dimensions * (c1 + cMu))));
}

/**
 * One generation of CMA-ES with a full C.
 * @param steps the λ steps, best first
 */
export function updateFull(state: FullState, constants: CmaConstants, steps: readonly Step[]): FullState {
  const { dimensions: n, c1 } = constants;
  const { state: next, decay, rankMu } = advance(state, constants, steps, (z) => multiply(state.axes, z));
  const covariance = zeros(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      covariance[i * n + j] = decay * state.covariance[i * n + j]! + c1 * next.pathC[i]! * next.pathC[j]!;
    }
  }
  for (let rank = 0; rank < steps.length; rank++) {
    const { y } = steps[rank]!;
    for (let i = 0; i < n; i++) {
      const factor = rankMu[rank]! * y[i]!;
      for (let j = 0; j <= i; j++) covariance[i * n + j]! += factor * y[j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j]!;
  }
  const due = next.generation - state.decomposed >= decomposeEvery(constants);
  return {
    ...next,
    covariance,
    ...(due ? axesOf(covariance, n) : { axes: state.axes, scales: state.scales }),
    decomposed: due ? next.generation : state.decomposed,
  };
}

/** The distribution of a state. */
export function fullDistribution(state: FullState, active: boolean): NormalDistribution {
  const { mean, sigma, covariance, axes, scales } = state;
  const n = mean.length;
  return {
    mean,
    sigma,
    deviations: diagonalOf(covariance, n).map(Math.sqrt),
    stepOf: (z) =>
      multiply(
        axes,
        z.map((value, index) => value * scales[index]!),
      ),
    standardOf: (y) => multiplyTransposed(axes, y).map((value, index) => value / scales[index]!),
    axes: () => extremes(scales),
    updated: (steps) => {
      const constants = cmaConstants(n, steps.length, { active, covariance: 'full' });
      return fullDistribution(updateFull(state, constants, steps), active);
    },
    movedTo: (moved) => fullDistribution({ ...state, mean: moved }, active),
  };
}
