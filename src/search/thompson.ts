import { z } from 'zod';
import { stream } from '../core/random.js';
import { armEntry } from './bandit-arms.js';
import { banditOptions, indexOfLargest, proposeByArms } from './bandit.js';
import { drawBeta } from './beta.js';
import { createReplayCache, replayHistory } from './replay-cache.js';
import type { ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject(banditOptions);

/**
 * Pulls each arm with the probability that it is the best one: the largest draw from Beta(1 + successes,
 * 1 + failures) of each arm. A reward in [0, 1] becomes a success by a coin that belongs to its trial (Agrawal &
 * Goyal), so the coins are the same whenever the history is read again. Trials of one wave draw independently.
 */
export const thompson: Sampler<z.infer<typeof schema>> = {
  name: 'thompson',
  summary: 'bandit over the choices of one entry: Thompson sampling',
  source: 'Thompson 1933; Agrawal & Goyal, COLT 2012, algorithm 2',
  schema,
  check: (space, { arm }) => {
    armEntry('thompson', space, arm);
  },
  waveSize: () => 4,
  propose: (request) => {
    const coins = coinsOf(request);
    return proposeByArms('thompson', request, (arms) => {
      const shapes = arms.map(({ places, rewards }) => {
        let successes = 0;
        for (let pull = 0; pull < places.length; pull++) {
          if (coins[places[pull]!]! < rewards[pull]!) successes++;
        }
        return { a: 1 + successes, b: 1 + places.length - successes };
      });
      return (trial) => {
        const random = stream(request.seed, 'thompson/arm', trial);
        return indexOfLargest(shapes.map(({ a, b }) => drawBeta(a, b, random)));
      };
    });
  },
};

const cache = createReplayCache<number[]>();

/** The coin of each trial told, in [0, 1), by its place in the history. */
function coinsOf({ space, seed, history }: ProposalRequest<unknown>): readonly number[] {
  return replayHistory(
    cache,
    { space, key: seed, history },
    () => [],
    (coins, { trial }) => {
      coins.push(stream(seed, 'thompson/coin', trial).uniform());
      return coins;
    },
  );
}
