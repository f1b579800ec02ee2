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
    .describe('first standard deviation in the unit cube, around its middle; categories begin even'),
  covariance: z
    .enum(['full', 'separable'])
    .default('full')
    .describe('full learns how numbers belong together, separable only the length of each'),
  restart: z
    .enum(['none', 'ipop', 'bipop'])
    .default('ipop')
    .describe('when a run has ended: none, another with more trials, or by turns with more and fewer'),
};

/**
 * How draws are kept inside the range of continuous entries. `transform`: a smooth map of the whole line onto the range,
 * mirrored beyond its ends ({@link linearQuadratic}). `redraw`: what falls outside is drawn anew, a few times, and then
 * moved to the nearest point inside.
 */
export type Bounds = 'transform' | 'redraw';

/** The option of that name. */
export const boundsOption = (standard: Bounds) =>
  z
    .enum(['transform', 'redraw'])
    .default(standard)
    .describe('what falls outside: is mirrored smoothly (transform), or drawn anew and cut at last (redraw)');

/** Those that the search itself looks at; what else there is belongs to the distribution. */
export interface SearchOptions {
  readonly population?: number | undefined;
  readonly sigma: number;
  readonly restart: 'none' | 'ipop' | 'bipop';
  readonly bounds: Bounds;
}

/** λ where nothing else is said: 4 + ⌊3 ln n⌋; 4 where there is nothing to search. */
export function defaultPopulation(dimensions: number): number {
  return 4 + Math.floor(3 * Math.log(Math.max(1, dimensions)));
}
