import type { Observation } from '../sampler.js';
import { decompose } from './decompose.js';
import type { Start } from './normal-distribution.js';
import { promising } from './promising.js';
import { pointOf, type SearchCube } from './search-cube.js';
import type { Bounds } from './search-options.js';
import { zeros } from './vector.js';

/** α: standard deviation of the normal distribution around each of them. */
const AROUND = 0.1;

/**
 * The start of WS-CMA-ES (Nomura et al., AAAI 2021, equations 6 and 7): the normal distribution nearest, by
 * Kullback-Leibler divergence, to small ones around the best tenth of earlier trials, at least one. A coordinate that
 * some of them lack, as its entry was inactive, has its start without knowledge there: ½ and `sigma`.
 * @returns undefined where no earlier trial has a value
 */
export function warmStart(
  cube: SearchCube,
  bounds: Bounds,
  prior: readonly Observation[],
  sigma: number,
): Start | undefined {
  const n = cube.coordinates.length;
  const points = promising(prior).map(({ assignment }) => pointOf(cube, bounds, assignment));
  if (points.length === 0) return undefined;
  if (n === 0) return { mean: [], sigma, covariance: [] };
  const mean = Array.from({ length: n }, (_, index) => average(points, (point) => point[index] ?? 0.5));
  const covariance = zeros(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      covariance[i * n + j] = average(
        points,
        (point) => ((point[i] ?? 0.5) - mean[i]!) * ((point[j] ?? 0.5) - mean[j]!),
      );
    }
    covariance[i * (n + 1)]! +=
      AROUND ** 2 + average(points, (point) => (point[i] === undefined ? sigma ** 2 : 0));
  }
  // |C| = 1, so that all of the size is in σ.
  const { values } = decompose(covariance, n);
  const logSize = average(values, Math.log);
  return { mean, sigma: Math.exp(logSize / 2), covariance: covariance.map((one) => one / Math.exp(logSize)) };
}

function average<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0) / items.length;
}
