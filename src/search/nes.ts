import { z } from 'zod';
import { exponentialDistribution, startExponential } from './nes/exponential.js';
import { separableNesDistribution, startSeparableNes } from './nes/separable.js';
import type { NormalDistribution, Start } from './normal-search/normal-distribution.js';
import { searchOptions } from './normal-search/search-options.js';
import { populationOf, proposeBySearch } from './normal-search/search.js';
import { refuseFormulas } from './refuse-formulas.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject(searchOptions);

export type NesOptions = z.infer<typeof schema>;

/** The distribution that follows its natural gradient, as the options say. */
export function nesDistribution({ covariance }: NesOptions): (start: Start) => NormalDistribution {
  return (start) =>
    covariance === 'full'
      ? exponentialDistribution(startExponential(start))
      : separableNesDistribution(startSeparableNes(start));
}

/**
 * Natural evolution strategies: xNES with a full covariance, SNES with a diagonal one. All else, from the unit cube and
 * the categories to the restarts and the start from earlier trials, is as in `cma-es`, but that bounds are always the
 * transform (with redraws it reaches fewer targets): where all entries are categorical the two differ in their random draws alone.
 */
export const nes: Sampler<NesOptions> = {
  name: 'nes',
  summary: 'moves a normal distribution along its natural gradient',
  source:
    'Wierstra et al., JMLR 15 (2014); xNES: Glasmachers et al., GECCO 2010; SNES: Schaul et al., GECCO 2011; the rest as cma-es',
  schema,
  learnsOnce: true,
  check: (space) => refuseFormulas('nes', space),
  waveSize: populationOf,
  propose: ({ firstTrial, count, ...request }) =>
    proposeBySearch(
      { ...request, name: 'nes', bounds: 'transform', start: nesDistribution(request.options) },
      firstTrial,
      count,
    ),
};
