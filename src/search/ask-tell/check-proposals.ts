import type { Space } from '../../space/space.js';
import { assignmentKey } from '../assignments.js';
import type { AnySampler } from '../sampler.js';
import { proposerOf, type NextWave } from './next-wave.js';
import { toldOf } from './observations.js';
import { contradicts, type SavedOptimizer } from './saved.js';

const PROPOSED = 'what the sampler proposes for these results';

/**
 * Checks that the proposals of a saved state are those of its sampler: each wave is proposed once more from what was
 * told before it. So a value that is not of the space shows, and so does any other change that would have the sampler
 * go on otherwise than it began. Takes as long as the proposing did.
 * @throws UserError `study` at the first trial that is not as the sampler proposes it
 */
export function checkProposals(sampler: AnySampler, space: Space, state: SavedOptimizer): void {
  const propose = proposerOf(sampler, space, state);
  const { proposals, told } = toldOf(state);
  let last: NextWave = { proposals: [], exhausted: false };
  for (let first = 0; first < proposals.length; first += last.proposals.length) {
    const { wave } = proposals[first]!;
    const saved = proposals.filter((one) => one.wave === wave);
    if (last.exhausted) throw contradicts(`a wave ${wave}`, 'none, as the sampler had no more before it');
    last = propose(
      proposals.slice(0, first),
      told.filter(({ trial }) => trial < first),
    );
    if (last.proposals.length !== saved.length) {
      throw contradicts(`${saved.length} trials in wave ${wave}`, `${last.proposals.length}, ${PROPOSED}`);
    }
    last.proposals.forEach(({ trial, assignment }, index) => {
      const found = assignmentKey(saved[index]!.assignment);
      const expected = assignmentKey(assignment);
      if (found !== expected) throw contradicts(`trial ${trial} with ${found}`, `${expected}, ${PROPOSED}`);
    });
  }
  if (state.exhausted !== last.exhausted) {
    const open = state.asked < proposals.length || told.length < proposals.length;
    const ends = state.exhausted && !open && propose(proposals, told);
    if (ends === false || !ends.exhausted || ends.proposals.length > 0) {
      throw contradicts(`"exhausted": ${state.exhausted}`, `${last.exhausted}, by ${PROPOSED}`);
    }
  }
}
