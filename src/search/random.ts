import { z } from 'zod';
import { stream } from '../core/random.js';
import { uniformPoint } from './points.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({});

/**
 * Every trial independently from the distributions of the space: the control that every other sampler has to
 * beat. Looks at no result, so the size of a wave changes nothing.
 */
export const random: Sampler<z.infer<typeof schema>> = {
  name: 'random',
  summary: 'independent draws from the space: the control',
  source: 'Bergstra & Bengio, JMLR 13 (2012)',
  schema,
  severalObjectives: true,
  check: () => undefined,
  waveSize: () => 8,
  propose: ({ space, seed, firstTrial, count }) =>
    Array.from({ length: count }, (_, index) =>
      space.decode(uniformPoint(space.dimensions, stream(seed, 'random', firstTrial + index))),
    ),
};
