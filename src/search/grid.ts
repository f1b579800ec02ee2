import { z } from 'zod';
import { createGrid } from './grid-enumeration.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  resolution: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('values for each continuous entry, about; an integer range with no more is taken whole'),
});

/**
 * Every combination once, in row-major order: the last entry of the space changes fastest. A budget smaller than
 * the grid sees only its first part. Ends when the grid is used up. The seed changes nothing.
 */
export const grid: Sampler<z.infer<typeof schema>> = {
  name: 'grid',
  summary: 'every combination of evenly spread values, once',
  source: 'textbook',
  schema,
  severalObjectives: true,
  check: () => undefined,
  waveSize: (space, { resolution }) => Math.min(8, createGrid(space, resolution).size),
  propose: ({ options, space, firstTrial, count, enqueued = 0 }) => {
    const points = createGrid(space, options.resolution);
    const first = firstTrial - enqueued;
    const available = Math.max(0, Math.min(count, points.size - first));
    return Array.from({ length: available }, (_, index) => points.at(first + index));
  },
};
