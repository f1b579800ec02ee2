import { z } from 'zod';
import { stream } from '../core/random.js';
import type { Sampler } from './sampler.js';
import { SOBOL_DIMENSIONS, sobolPoint } from './sobol-sequence.js';
import { unsupportedSpace } from './unsupported.js';

const schema = z.strictObject({
  scramble: z
    .enum(['shift', 'none'])
    .default('shift')
    .describe(
      'shift: exclusive or with random bits of the seed; none: as published, the same for every seed',
    ),
});

/** Fills the space more evenly than chance. Trial n is point n of the sequence, whatever the waves are. */
export const sobol: Sampler<z.infer<typeof schema>> = {
  name: 'sobol',
  summary: 'low-discrepancy points that fill the space evenly',
  source: 'Sobol 1967; Joe & Kuo, SIAM J. Sci. Comput. 30 (2008)',
  schema,
  severalObjectives: true,
  check: (space) => {
    if (space.dimensions > SOBOL_DIMENSIONS) {
      throw unsupportedSpace(
        'sobol',
        `has direction numbers for at most ${SOBOL_DIMENSIONS} dimensions`,
        `${space.dimensions} dimensions`,
      );
    }
  },
  waveSize: () => 8,
  propose: ({ options, space, seed, firstTrial, count, enqueued = 0 }) => {
    const shift = options.scramble === 'none' ? undefined : digitalShift(seed, space.dimensions);
    return Array.from({ length: count }, (_, index) =>
      space.decode(sobolPoint(firstTrial - enqueued + index, space.dimensions, shift)),
    );
  },
};

function digitalShift(seed: string, dimensions: number): Uint32Array {
  const random = stream(seed, 'sobol', 'shift');
  return Uint32Array.from({ length: dimensions }, () => random.integer(2 ** 32));
}
