import type { CmaState } from './state.js';

/** Generations over which the best value has to change: 10 + ⌈30 n / λ⌉. */
export function stallWindow(dimensions: number, lambda: number): number {
  return 10 + Math.ceil((30 * dimensions) / lambda);
}

/**
 * True where going on is pointless: all steps below 1e-12 of the first ones, steps 10⁴ times as long as the first
 * ones, a covariance of condition 10¹⁴, or best values that moved by less than 1e-12 over the window. (The rules of
 * the package cmaes.)
 */
export function hasStopped(state: CmaState, initialSigma: number, window: number): boolean {
  const { sigma, scales, pathC, covariance, bestValues } = state;
  const largest = Math.max(...scales);
  const tiny = 1e-12 * initialSigma;
  const converged =
    covariance.every((row, index) => sigma * Math.sqrt(row[index]!) < tiny) &&
    pathC.every((value) => sigma * Math.abs(value) < tiny);
  const exploded = sigma * largest > 1e4 * initialSigma;
  const degenerate = (largest / Math.min(...scales)) ** 2 > 1e14;
  const recent = bestValues.slice(-window);
  const stalled = recent.length >= window && Math.max(...recent) - Math.min(...recent) < 1e-12;
  return converged || exploded || degenerate || stalled;
}
