import { z } from 'zod';
import { armEntry } from './bandit-arms.js';
import { banditOptions } from './bandit.js';
import { proposeByDistribution, softmax, type WeighedArm } from './exponential-weights.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  ...banditOptions,
  horizon: z
    .int()
    .min(1)
    .optional()
    .describe('trials that the study will have, which set γ; default: γ follows the trials told so far'),
});

/**
 * Draws each arm with probability (1 − γ) w / Σ w + γ / K, where w = exp((γ / K) Σ reward / p) and γ =
 * min(1, √(K ln K / ((e − 1) T))) with T the horizon, or the number of the trial at hand where no horizon is given.
 * Assumes nothing of how rewards come about: they may drift as the search goes on. Rewards are ranks at the time of
 * the telling, see {@link proposeByDistribution}.
 */
export const exp3: Sampler<z.infer<typeof schema>> = {
  name: 'exp3',
  summary: 'bandit over the choices of one entry: exponential weights, for rewards that drift',
  source: 'Auer, Cesa-Bianchi, Freund & Schapire, SIAM J. Comput. 32 (2002), figure 1 and corollary 3.2',
  schema,
  learnsOnce: true,
  check: (space, { arm }) => {
    armEntry('exp3', space, arm);
  },
  waveSize: () => 4,
  propose: (request) => {
    const { horizon } = request.options;
    return proposeByDistribution('exp3', request, horizon === undefined ? {} : { horizon }, (arms, round) =>
      exp3Probabilities(arms, horizon ?? round),
    );
  },
};

/** Probability of each arm, given the number of rounds that sets γ. */
export function exp3Probabilities(arms: readonly WeighedArm[], rounds: number): number[] {
  const count = arms.length;
  const gamma = Math.min(1, Math.sqrt((count * Math.log(count)) / ((Math.E - 1) * rounds)));
  const shares = softmax(arms.map(({ weightedRewards }) => (gamma / count) * weightedRewards));
  return shares.map((share) => (1 - gamma) * share + gamma / count);
}
