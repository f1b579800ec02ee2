import { z } from 'zod';
import { armEntry } from './bandit-arms.js';
import { banditOptions, byLargestIndex, meanReward, proposeByArms } from './bandit.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  ...banditOptions,
  exploration: z
    .number()
    .min(0)
    .default(2)
    .describe('c in mean + √(c ln t / N); 2 is UCB1, less explores less'),
});

/**
 * Pulls the arm with the largest upper confidence bound: mean reward + √(2 ln t / N). N and t count the pending
 * trials of the wave too, so that one wave spreads over the arms; an arm that is pending only has mean 0.5.
 */
export const ucb1: Sampler<z.infer<typeof schema>> = {
  name: 'ucb1',
  summary: 'bandit over the choices of one entry: upper confidence bound',
  source: 'Auer, Cesa-Bianchi & Fischer, Machine Learning 47 (2002)',
  schema,
  check: (space, { arm }) => {
    armEntry('ucb1', space, arm);
  },
  waveSize: () => 4,
  propose: (request) =>
    proposeByArms(
      'ucb1',
      request,
      byLargestIndex((arm) => {
        const mean = meanReward(arm);
        return (pulls, total) => mean + Math.sqrt((request.options.exploration * Math.log(total)) / pulls);
      }),
    ),
};
