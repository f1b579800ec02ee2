import { z } from 'zod';

/** Options that all searches by a normal distribution, and distributions over choices beside it, share. */
export const searchOptions = {
  population: z
    .int()
    .min(2)
    .optional()
    .describe('λ, trials of a generation; default: 4 + ⌊3 ln n⌋ for n coordinates and categories'),
  sigma: z
    .number()
    .gt(0)
    .max(1)
    .default(1 / 6)
    .describe('first standard deviation in the unit cube; categories begin even'),
  covariance: z
    .enum(['full', 'separable'])
    .default('full')
    .describe('full learns how numbers belong together, separable only the length of each'),
  restart: z
    .enum(['none', 'ipop', 'bipop'])
    .default('ipop')
    .describe(
      'after a run: it goes on (none), or another has more trials (ipop), or by turns more and fewer (bipop)',
    ),
};

/** The option `bounds`, see {@link Bounds}. */
export const boundsOption = z
  .enum(['redraw', 'transform'])
  .default('redraw')
  .describe(
    'numbers outside of their range: mirrored smoothly (transform), or drawn up to four times and cut (redraw)',
  );

/**
 * How draws are kept inside the range of continuous entries. `transform`: a smooth map of the whole line onto the range,
 * mirrored beyond its ends ({@link linearQuadratic}). `redraw`: what falls outside is drawn anew, a few times, and then
 * moved to the nearest point inside.
 */
export type Bounds = z.infer<typeof boundsOption>;

/** Those that the search itself looks at; what else there is belongs to the distribution. */
export interface SearchOptions {
  readonly population?: number | undefined;
  readonly sigma: number;
  readonly restart: 'none' | 'ipop' | 'bipop';
}

/** λ where nothing else is said: 4 + ⌊3 ln n⌋; 4 where there is nothing to search. */
export function defaultPopulation(dimensions: number): number {
  return 4 + Math.floor(3 * Math.log(Math.max(1, dimensions)));
}
