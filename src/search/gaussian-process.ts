import { z } from 'zod';
import { stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { cubePoints } from './gaussian-process/cube-points.js';
import { createSearch } from './gaussian-process/search.js';
import { modelAxes } from './model-axes.js';
import { isFailure } from './ranking.js';
import { refuseFormulas } from './refuse-formulas.js';
import type { Sampler } from './sampler.js';
import { drawUnseen, seenPoints } from './unseen.js';

const schema = z.strictObject({
  startup: z
    .int()
    .min(0)
    .default(10)
    .describe('Sobol points before the model is asked; those not told yet count'),
  candidates: z
    .int()
    .min(16)
    .max(2048)
    .default(2048)
    .describe('Sobol points to begin the search for the largest improvement, at most'),
});

/**
 * Bayesian optimisation: a Gaussian process (Matérn 5/2, a length for each axis, Hamming distance of choices) with
 * its most probable parameters, and the point with the largest log expected improvement. Trials of the same wave
 * that were proposed before are believed to get what the process expects of them. Parameters are fitted again each
 * time the history has grown by a tenth. Takes any number of trials, but holds no more than 500 of them: the best
 * 250 and the newest others.
 */
export const gaussianProcess: Sampler<z.infer<typeof schema>> = {
  name: 'gaussian-process',
  summary: 'Bayesian optimisation with log expected improvement; for costly trials',
  source: 'Jones et al., J. Global Optim. 13 (1998); Ament et al., NeurIPS 2023',
  schema,
  check: (space) => refuseFormulas('gaussian-process', space),
  waveSize: () => 4,
  propose: ({ options, space, seed, history, firstTrial, count }) => {
    const seen = seenPoints(space, history);
    const modelled = modelAxes(space).length > 0 && history.some((one) => !isFailure(one));
    const search =
      modelled && history.length + count > options.startup
        ? createSearch({ space, seed, history, firstTrial, candidates: options.candidates })
        : undefined;
    const starts = cubePoints(space.dimensions, stream(seed, 'gaussian-process/start'));
    const startPoint = (trial: number): Assignment => space.decode(starts(trial));
    return Array.from({ length: count }, (_, index) => {
      const random = stream(seed, 'gaussian-process', firstTrial + index);
      const starting = search === undefined || history.length + index < options.startup;
      let proposal = starting ? startPoint(firstTrial + index) : search.best(seen);
      if (proposal === undefined || seen.has(proposal)) proposal = drawUnseen(space, seen, random);
      seen.add(proposal);
      if (index + 1 < count) search?.believe(proposal);
      return proposal;
    });
  },
};
