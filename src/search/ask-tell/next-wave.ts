import type { Space } from '../../space/space.js';
import type { AnySampler, Observation } from '../sampler.js';
import type { Proposal } from './optimizer.js';
import type { SavedOptimizer } from './saved.js';

/** What the sampler proposes next. */
export interface NextWave {
  readonly proposals: readonly Proposal[];
  /** True where nothing comes after them. */
  readonly exhausted: boolean;
}

/** Proposes the wave after those that were proposed; depends on nothing but what it is given. */
export type Proposer = (proposals: readonly Proposal[], history: readonly Observation[]) => NextWave;

export function proposerOf(
  sampler: AnySampler,
  space: Space,
  { seed, full, wave: waveSize, trials, options: given }: Omit<SavedOptimizer, 'proposals'>,
): Proposer {
  const options = sampler.schema.parse(given) as never;
  const limit = trials ?? Infinity;
  return (proposals, history) => {
    const wave = (proposals.at(-1)?.wave ?? -1) + 1;
    const firstTrial = proposals.length;
    const round = sampler.rounds?.round({ options, space, full, index: wave });
    const count = round?.trials ?? Math.min(waveSize, limit - firstTrial);
    if (count > limit - firstTrial) return { proposals: [], exhausted: true };
    const next = sampler.propose({ options, space, seed, history, wave, firstTrial, count, full });
    return {
      proposals: next.map((assignment, index) => ({ trial: firstTrial + index, wave, assignment })),
      exhausted: next.length < count,
    };
  };
}
