import { UserError } from '../../core/errors.js';
import type { Space } from '../../space/space.js';
import { proposalProblem, type ProposalProblem } from '../proposal-problem.js';
import { builtinSamplers } from '../registry.js';
import type { AnySampler, Observation } from '../sampler.js';
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
  { seed, full, wave: waveSize, trials, options: given }: Omit<SavedOptimizer, 'proposals'>,
): Proposer {
  const options = sampler.schema.parse(given) as never;
  const limit = trials ?? Infinity;
  const isBuiltin = builtinSamplers.members.includes(sampler);
  return (proposals, history) => {
    const wave = (proposals.at(-1)?.wave ?? -1) + 1;
    const firstTrial = proposals.length;
    const round = sampler.rounds?.round({ options, space, full, index: wave });
    const count = round?.trials ?? Math.min(waveSize, limit - firstTrial);
    if (count > limit - firstTrial) return { proposals: [], exhausted: true };
    const next = sampler.propose({ options, space, seed, history, wave, firstTrial, count, full });
    const problem = isBuiltin ? undefined : proposalProblem({ space, count }, next);
    if (problem !== undefined) throw wrongProposal(sampler.name, problem);
    return {
      proposals: next.map((assignment, index) => ({ trial: firstTrial + index, wave, assignment })),
      exhausted: next.length < count,
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
