import { z } from 'zod';
import { armEntry } from './bandit-arms.js';
import { banditOptions } from './bandit.js';
import { proposeByDistribution, softmax, type WeighedArm } from './exponential-weights.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  ...banditOptions,
  alpha: z
    .number()
    .gt(0)
    .default(3)
    .describe('α: how sure the bounds are from which the gaps between arms are estimated'),
  beta: z.number().gt(0).default(256).describe('β: how much an arm that is surely worse is still explored'),
});

/**
 * EXP3 whose exploration of an arm fades once the arm is surely worse than another: nearly as good as UCB where
 * rewards are stable and as safe as EXP3 where they drift. With η = ½ √(ln K / (t K)) arm a is drawn with probability
 * (1 − Σ ε) ρ + ε(a), where ρ is proportional to exp(−η Σ loss / p), ε(a) = min(1 / (2 K), η, β ln t / (t Δ(a)²)), and
 * Δ(a) is the gap between the lower bound of the mean loss of a and the least upper bound. Needs no horizon. Losses
 * are 1 − reward, with rewards as in {@link proposeByDistribution}.
 */
export const exp3PlusPlus: Sampler<z.infer<typeof schema>> = {
  name: 'exp3-plus-plus',
  summary: 'bandit over the choices of one entry: exponential weights that stop exploring bad arms',
  source: 'Seldin & Lugosi, COLT 2017, arXiv 1702.06103',
  schema,
  learnsOnce: true,
  check: (space, { arm }) => {
    armEntry('exp3-plus-plus', space, arm);
  },
  waveSize: () => 4,
  propose: (request) => {
    const { alpha, beta } = request.options;
    return proposeByDistribution('exp3-plus-plus', request, { alpha, beta }, (arms, round) =>
      exp3PlusPlusProbabilities(arms, round, { alpha, beta }),
    );
  },
};

/** Probability of each arm in round t; uniform as long as an arm was never pulled. */
export function exp3PlusPlusProbabilities(
  arms: readonly WeighedArm[],
  round: number,
  { alpha, beta }: { readonly alpha: number; readonly beta: number },
): number[] {
  const count = arms.length;
  if (arms.some(({ pulls }) => pulls === 0)) return arms.map(() => 1 / count);
  const rate = 0.5 * Math.sqrt(Math.log(count) / (round * count));
  const losses = arms.map(({ pulls, rewards }) => {
    const mean = 1 - rewards / pulls;
    // α ln(t K^(1/α)) = α ln t + ln K.
    const radius = Math.sqrt((alpha * Math.log(round) + Math.log(count)) / (2 * pulls));
    return { lower: Math.max(0, mean - radius), upper: Math.min(1, mean + radius) };
  });
  const least = losses.reduce((smallest, { upper }) => Math.min(smallest, upper), 1);
  const exploration = losses.map(({ lower }) => {
    const gap = Math.max(0, lower - least);
    const fading = gap === 0 ? Infinity : (beta * Math.log(round)) / (round * gap ** 2);
    return Math.min(1 / (2 * count), rate, fading);
  });
  const left = 1 - exploration.reduce((sum, share) => sum + share, 0);
  const shares = softmax(arms.map(({ weightedLosses }) => -rate * weightedLosses));
  return shares.map((share, arm) => left * share + exploration[arm]!);
}
