import { UserError } from '../../core/errors.js';
import type { Space } from '../../space/space.js';
import { proposalProblem, type ProposalProblem } from '../proposal-problem.js';
import { builtinSamplers } from '../registry.js';
import type { AnySampler, Observation } from '../sampler.js';
import { priorOf } from './observations.js';
import type { Proposal } from './optimizer.js';
import type { SavedOptimizer } from './saved.js';

/** What the sampler proposes next. */
export interface NextWave {
  readonly proposals: readonly Proposal[];
  /** True where nothing comes after them. */
  readonly exhausted: boolean;
}

/**
 * Proposes the wave after those that were proposed; depends on nothing but what it is given.
 * @throws UserError `plugin` where a sampler of the caller's own gives more points than it was asked for, or one that
 *   is no point of the space
 */
export type Proposer = (proposals: readonly Proposal[], history: readonly Observation[]) => NextWave;

export function proposerOf(
  sampler: AnySampler,
  space: Space,
  state: Omit<SavedOptimizer, 'proposals'>,
): Proposer {
  const { seed, full, wave: waveSize, trials, enqueue } = state;
  const options = sampler.schema.parse(state.options) as never;
  const known = {
    ...(enqueue.length === 0 ? {} : { enqueued: enqueue.length }),
    ...(state.prior.length === 0 ? {} : { prior: priorOf(state) }),
  };
  const limit = trials ?? Infinity;
  const isBuiltin = builtinSamplers.members.includes(sampler);
  return (proposals, history) => {
    const wave = (proposals.at(-1)?.wave ?? -1) + 1;
    const firstTrial = proposals.length;
    const round = sampler.rounds?.round({ options, space, full, index: wave });
    const count = round?.trials ?? Math.min(waveSize, limit - firstTrial);
    if (count > limit - firstTrial) return { proposals: [], exhausted: true };
    // Those given by hand first, as in a study.
    const byHand = enqueue.slice(firstTrial, firstTrial + count);
    const wanted = count - byHand.length;
    const next =
      wanted === 0
        ? []
        : sampler.propose({
            ...{ options, space, seed, history, wave, full, ...known },
            ...{ firstTrial: firstTrial + byHand.length, count: wanted },
          });
    const problem = isBuiltin ? undefined : proposalProblem({ space, count: wanted }, next);
    if (problem !== undefined) throw wrongProposal(sampler.name, problem);
    return {
      proposals: [...byHand, ...next].map((assignment, index) => ({
        ...{ trial: firstTrial + index, wave, assignment },
      })),
      exhausted: next.length < wanted,
    };
  };
}

function wrongProposal(name: string, { message, found, expected }: ProposalProblem): UserError {
  const general = `the sampler "${name}" proposes the wrong thing`;
  return new UserError({
    code: 'plugin',
    message: message === undefined ? general : `${general}: ${message}`,
    found,
    expected,
  });
}
