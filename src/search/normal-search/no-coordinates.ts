import type { NormalDistribution } from './normal-distribution.js';

/** The normal distribution of a space that has no coordinates, all its entries being categorical: nothing to learn. */
export const NO_COORDINATES: NormalDistribution = {
  mean: [],
  sigma: 1,
  deviations: [],
  stepOf: (z) => z,
  standardOf: (y) => y,
  axes: () => ({ shortest: 1, longest: 1 }),
  updated: () => NO_COORDINATES,
  movedTo: () => NO_COORDINATES,
};
