import { z } from 'zod';
import { fullDistribution, startFull } from './cma-es/full-covariance.js';
import { separableDistribution, startSeparable } from './cma-es/separable-covariance.js';
import type { NormalDistribution, Start } from './normal-search/normal-distribution.js';
import { boundsOption, searchOptions } from './normal-search/search-options.js';
import { populationOf, proposeBySearch } from './normal-search/search.js';
import { refuseFormulas } from './refuse-formulas.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  ...searchOptions,
  bounds: boundsOption,
  active: z.boolean().default(true).describe('negative weights for the bad half of a generation'),
});

export type CmaOptions = z.infer<typeof schema>;

/** The distribution that CMA-ES adapts, as the options say. */
export function cmaDistribution({ covariance, active }: CmaOptions): (start: Start) => NormalDistribution {
  return (start) =>
    covariance === 'full'
      ? fullDistribution(startFull(start), active)
      : separableDistribution(startSeparable(start), active);
}

/**
 * CMA-ES with the constants of Hansen's tutorial, in the unit cube; what falls outside of the range of a continuous
 * entry is drawn anew, three times at most, and then moved to its end; integers as bins of a coordinate, with a margin
 * that keeps every neighbour reachable. Beside the normal distribution each categorical entry has one over its choices,
 * which learns from the same ranking (CatCMA). A generation is the least number of whole waves with λ trials. A trial
 * whose values are not the ones that this sampler proposed (a point given by hand) is taken as a step of limited length.
 * Inactive numbers keep coordinates that the values do not show, inactive choices learn nothing. Earlier trials (`prior`)
 * say where to start.
 */
export const cmaEs: Sampler<CmaOptions> = {
  name: 'cma-es',
  summary: 'adapts a normal distribution, and one over choices, to the landscape',
  source:
    'Hansen, arXiv 1604.00772; separable: Ros & Hansen, PPSN 2008; margin: Hamano et al., GECCO 2022; categories: CatCMA, Hamano et al., GECCO 2024, with ASNG, Akimoto et al., ICML 2019; restarts: Auger & Hansen, CEC 2005, Hansen, GECCO 2009; warm start: Nomura et al., AAAI 2021; bounds: Hansen, arXiv 1604.00772, appendix B.5, or pycma BoundTransform; given points: Hansen, arXiv 1110.4181',
  schema,
  learnsOnce: true,
  check: (space) => refuseFormulas('cma-es', space),
  waveSize: populationOf,
  propose: ({ firstTrial, count, ...request }) =>
    proposeBySearch(
      {
        ...request,
        name: 'cma-es',
        bounds: request.options.bounds,
        start: cmaDistribution(request.options),
      },
      firstTrial,
      count,
    ),
};
