import { stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { armEntry, armOf } from './bandit-arms.js';
import { proposeByArms, type BanditOptions } from './bandit.js';
import { createReplayCache, replayWaves } from './replay-cache.js';
import { sharesBeaten } from './rewards.js';
import type { ProposalRequest } from './sampler.js';

/** What an exponentially weighted bandit knows of one arm. */
export interface WeighedArm {
  /** Trials told. */
  readonly pulls: number;
  /** Σ rewards. */
  readonly rewards: number;
  /** Σ reward / p, with p the probability that the arm had when it was drawn. */
  readonly weightedRewards: number;
  /** Σ (1 − reward) / p. */
  readonly weightedLosses: number;
}

/** Probabilities of the arms in round t = 1, 2, …; they are positive and sum to 1. */
export type Distribution = (arms: readonly WeighedArm[], round: number) => readonly number[];

const cache = createReplayCache<readonly WeighedArm[]>();

/**
 * Proposals of a bandit that draws its arms from a distribution. These bandits need rewards that do not change
 * once told, so a trial counts with its rank when it was told: the share of the trials told up to then, its own wave
 * among them, that it is ahead of. Trials of one wave are drawn from one distribution. The first pull of each arm
 * is not drawn: it counts with p = 1.
 * @param options what the distribution depends on, to tell replays apart
 */
export function proposeByDistribution(
  name: string,
  request: ProposalRequest<BanditOptions>,
  options: Readonly<Record<string, number>>,
  distribution: Distribution,
): readonly Assignment[] {
  const arms = weighArms(name, request, options, distribution);
  const probabilities = distribution(arms, request.history.length + 1);
  return proposeByArms(name, request, () => (trial) => {
    return indexByShare(probabilities, stream(request.seed, `${name}/arm`, trial).uniform());
  });
}

/** The arms after the waves of the history, from the start or from where the last replay of it ended. */
function weighArms(
  name: string,
  { space, history, options: { arm } }: ProposalRequest<BanditOptions>,
  options: Readonly<Record<string, number>>,
  distribution: Distribution,
): readonly WeighedArm[] {
  const entry = armEntry(name, space, arm);
  const key = JSON.stringify([name, entry.name, options]);
  return replayWaves(
    cache,
    { space, key, history },
    () => entry.choices.map(() => ({ pulls: 0, rewards: 0, weightedRewards: 0, weightedLosses: 0 })),
    (before, wave, told) => {
      const probabilities = distribution(before, told + 1);
      const arms = before.map((one) => ({ ...one }));
      const end = told + wave.length;
      const rewards = sharesBeaten(end === history.length ? history : history.slice(0, end), told);
      wave.forEach((observation, place) => {
        const pulled = armOf(entry, observation);
        if (pulled === -1) return;
        const drawn = arms.every(({ pulls }) => pulls > 0);
        const probability = drawn ? probabilities[pulled]! : 1;
        const reward = rewards[place]!;
        const one = arms[pulled]!;
        one.pulls++;
        one.rewards += reward;
        one.weightedRewards += reward / probability;
        one.weightedLosses += (1 - reward) / probability;
      });
      return arms;
    },
  );
}

/** Index of the interval that holds a number in [0, 1), where each index has an interval as long as its share. */
export function indexByShare(shares: readonly number[], position: number): number {
  let end = 0;
  const index = shares.findIndex((share) => {
    end += share;
    return position < end;
  });
  // The sum of the shares may round to a little less than 1.
  return index === -1 ? shares.length - 1 : index;
}

/** exp(x) of each number as a share of their sum, computed so that nothing overflows. */
export function softmax(logits: readonly number[]): number[] {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const sum = weights.reduce((acc, weight) => acc + weight, 0);
  return weights.map((weight) => weight / sum);
}
