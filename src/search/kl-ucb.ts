import { z } from 'zod';
import { armEntry } from './bandit-arms.js';
import { banditOptions, byLargestIndex, meanReward, proposeByArms } from './bandit.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  ...banditOptions,
  exploration: z.number().min(0).default(1).describe('c in N kl(mean, q) ≤ c ln t; less explores less'),
});

/**
 * Pulls the arm with the largest upper confidence bound: the largest q in [mean, 1] with N kl(mean, q) ≤ ln t, where
 * kl is the divergence of Bernoulli variables, which bounds that of all rewards in [0, 1]. Tighter than UCB1, most
 * of all for arms near 0 or 1. N and t count the pending trials of the wave too; an arm that is pending only has
 * mean 0.5.
 */
export const klUcb: Sampler<z.infer<typeof schema>> = {
  name: 'kl-ucb',
  summary: 'bandit over the choices of one entry: upper bound by Kullback-Leibler divergence',
  source: 'Garivier & Cappé, COLT 2011, algorithm 1 with c = 0',
  schema,
  check: (space, { arm }) => {
    armEntry('kl-ucb', space, arm);
  },
  waveSize: () => 4,
  propose: (request) =>
    proposeByArms(
      'kl-ucb',
      request,
      byLargestIndex((arm) => {
        const mean = meanReward(arm);
        return (pulls, total) => klUpperBound(mean, (request.options.exploration * Math.log(total)) / pulls);
      }),
    ),
};

/** kl(p, q) = p ln(p/q) + (1 − p) ln((1 − p)/(1 − q)) for p and q in [0, 1], with 0 ln 0 = 0; Infinity allowed. */
export function bernoulliDivergence(p: number, q: number): number {
  const part = (a: number, b: number): number => (a === 0 ? 0 : a * Math.log(a / b));
  return Math.max(0, part(p, q) + part(1 - p, 1 - q));
}

/** Halvings of [mean, 1]: what is left is shorter than 1e-12. */
const HALVINGS = 40;

/** The largest q in [mean, 1] with kl(mean, q) ≤ the divergence, from below, to 1e-12. */
export function klUpperBound(mean: number, divergence: number): number {
  let low = mean;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (bernoulliDivergence(mean, middle) <= divergence) low = middle;
    else high = middle;
  }
  return low;
}
