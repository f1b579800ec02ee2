import { z } from 'zod';
import { armEntry, type Arm } from './bandit-arms.js';
import { banditOptions, byLargestIndex, meanReward, proposeByArms } from './bandit.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  ...banditOptions,
  exploration: z
    .number()
    .min(0)
    .default(1.2)
    .describe('ζ of the exploration function ζ ln t; less explores less, the regret is bounded above 1'),
  correction: z
    .number()
    .min(0)
    .default(1)
    .describe('c: weight of the second term, which guards against variances estimated from few pulls'),
});

/**
 * Pulls the arm with the largest upper confidence bound by its empirical variance V: mean + √(2 V ζ ln t / N) +
 * 3 c ζ ln t / N. Arms whose rewards hardly vary need few pulls. N and t count the pending trials of the wave too;
 * an arm that is pending only has mean 0.5 and variance 1/4, the largest there is.
 */
export const ucbV: Sampler<z.infer<typeof schema>> = {
  name: 'ucb-v',
  summary: 'bandit over the choices of one entry: upper confidence bound by the variance',
  source: 'Audibert, Munos & Szepesvári, Theoretical Computer Science 410 (2009), equation 1',
  schema,
  check: (space, { arm }) => {
    armEntry('ucb-v', space, arm);
  },
  waveSize: () => 4,
  propose: (request) => {
    const { exploration, correction } = request.options;
    return proposeByArms(
      'ucb-v',
      request,
      byLargestIndex((arm) => {
        const mean = meanReward(arm);
        const variance = rewardVariance(arm, mean);
        return (pulls, total) => {
          const spread = (exploration * Math.log(total)) / pulls;
          return mean + Math.sqrt(2 * variance * spread) + 3 * correction * spread;
        };
      }),
    );
  },
};

/** (1/N) Σ (reward − mean)²; 1/4 where no reward is known yet. */
function rewardVariance({ rewards }: Arm, mean: number): number {
  if (rewards.length === 0) return 0.25;
  let sum = 0;
  for (const reward of rewards) sum += (reward - mean) ** 2;
  return sum / rewards.length;
}
