import { z } from 'zod';
import { defaultPopulation } from './cma-es/constants.js';
import { assignmentOf, searchedCoordinates, stepOfTrial } from './cma-es/proposal.js';
import { replayState } from './cma-es/replay.js';
import { isFree } from './points.js';
import type { Sampler } from './sampler.js';
import { unsupportedSpace } from './unsupported.js';

const schema = z.strictObject({
  /** λ; 4 + ⌊3 ln n⌋ for n searched coordinates where absent. */
  population: z.int().min(2).optional(),
  /** First standard deviation in the unit cube, around its middle. */
  sigma: z
    .number()
    .gt(0)
    .max(1)
    .default(1 / 6),
  /** Negative weights for the bad half of a wave. */
  active: z.boolean().default(true),
  /** Start again at a random point when a run has converged or stalled; otherwise it stays there. */
  restart: z.boolean().default(true),
});

/**
 * CMA-ES with the constants of Hansen's tutorial, in the unit cube of the numeric entries; bounds by the
 * linear-quadratic transform. One update per wave with λ the size of that wave. A wave of one trial, or one in
 * which every trial failed, ranks nothing and updates nothing. Integers are searched as the continuous coordinate
 * that rounds to them; inactive entries keep a coordinate that the values do not show. A trial whose values are
 * not the ones that this sampler proposed (a point given by hand) is taken as a step of limited length.
 */
export const cmaEs: Sampler<z.infer<typeof schema>> = {
  name: 'cma-es',
  summary: 'adapts a normal distribution to the landscape; numeric entries only',
  source: 'Hansen, arXiv 1604.00772; bounds: pycma BoundTransform; given points: Hansen, arXiv 1110.4181',
  schema,
  check: (space) => {
    const other = space.entries.find(
      (entry) => (entry.kind === 'categorical' || entry.kind === 'expression') && isFree(entry),
    );
    if (other !== undefined) {
      throw unsupportedSpace(
        'cma-es',
        'searches numeric entries only',
        `the ${other.kind} entry "${other.name}"`,
      );
    }
    if (searchedCoordinates(space).length === 0) {
      throw unsupportedSpace('cma-es', 'needs a numeric entry with more than one value', 'none');
    }
  },
  waveSize: (space, { population }) => population ?? defaultPopulation(searchedCoordinates(space).length),
  propose: ({ options, space, seed, history, firstTrial, count }) => {
    const coordinates = searchedCoordinates(space);
    const state = replayState({ options, space, seed, history });
    return Array.from({ length: count }, (_, index) =>
      assignmentOf(space, coordinates, state, stepOfTrial(state, seed, firstTrial + index)),
    );
  },
};
