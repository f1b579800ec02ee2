import type { Space } from '../../space/space.js';
import type { AnySampler, Observation } from '../sampler.js';
import type { Asked, Proposal } from './optimizer.js';
import type { SavedOptimizer } from './saved.js';

/** What a trial is to train, by the plan of its sampler; nothing where the sampler leaves that to others. */
export function plannedTraining(
  sampler: AnySampler,
  options: never,
  space: Space,
  { seed, full }: SavedOptimizer,
): (
  proposal: Proposal,
  history: readonly Observation[],
  proposals: readonly Proposal[],
) => Pick<Asked, 'training'> {
  const { rounds } = sampler;
  if (rounds === undefined) return () => ({});
  return ({ trial, wave }, history, proposals) => {
    const { from, fidelity, trials: count } = rounds.round({ options, space, full, index: wave });
    if (from === 0) return { training: { from, fidelity } };
    const firstTrial = proposals.findIndex((one) => one.wave === wave);
    // As it was when the wave was proposed: some of its own trials may be told by now.
    const before = history.filter((one) => one.trial < firstTrial);
    const parents = rounds.parents({
      ...{ options, space, seed, history: before, wave, firstTrial, count, full },
    });
    return { training: { from, fidelity, continues: parents[trial - firstTrial]! } };
  };
}
