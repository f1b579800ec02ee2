import { UserError } from '../core/errors.js';
import { checkWith } from '../core/yaml-file.js';
import { checkWholePoint } from '../space/check-whole-point.js';
import type { Space } from '../space/space.js';
import { checkGoals } from './ask-tell/check-goals.js';
import { checkProposals } from './ask-tell/check-proposals.js';
import { checkedDefinition, checkWhole, type OptimizerDefinition } from './ask-tell/definition.js';
import { earlierTrials } from './ask-tell/earlier-trials.js';
import { enqueuedPoints } from './ask-tell/enqueued-points.js';
import { priorOf } from './ask-tell/observations.js';
import { optimizerFrom, type Optimizer } from './ask-tell/optimizer.js';
import { checkSaved, pointToJson, toJson, type SavedOptimizer } from './ask-tell/saved.js';
import { checkSampler } from './check-sampler.js';
import { builtinSamplers } from './registry.js';
import type { AnySampler } from './sampler.js';

/**
 * A sampler that is asked and told by hand. It proposes what a study proposes, to the last bit: trials come in
 * waves, and a wave is proposed when all trials before it were told.
 * @throws UserError `unknown-name` on an unknown sampler, `schema` on bad options, `unsupported` where the sampler
 *   cannot work on the space, its options not with `full`, or it not with these goals, points or earlier trials, `usage`
 *   on a number that is not whole or out of range, `space` on a point that is none of the space
 */
export function createOptimizer(definition: OptimizerDefinition): Optimizer {
  const { space, trials } = checkedDefinition(definition);
  const sampler = samplerOf(definition.sampler);
  const options = checkWith(sampler.schema, definition.options ?? {}) as Record<string, unknown>;
  checkSampler(sampler, space, options, builtinSamplers.members);
  checkWhole('wave', definition.wave, 1);
  checkWhole('trials', trials, 0);
  checkWhole('full', definition.full, 1);
  checkWhole('objectives', definition.objectives, 1);
  checkWhole('constraints', definition.constraints, 0);
  sampler.rounds?.check?.({ options: options as never, full: definition.full ?? 1 });
  if (sampler.rounds !== undefined && definition.wave !== undefined) {
    throw new UserError({
      code: 'unsupported',
      message: `the sampler "${sampler.name}" says itself how many trials a wave has`,
      found: `the wave ${definition.wave}`,
      expected: 'no wave; its size is an option of the sampler',
    });
  }
  const seed = String(definition.seed);
  const earlier = earlierTrials(space, definition.prior ?? []);
  const given = {
    objectives: definition.objectives ?? 1,
    constraints: definition.constraints ?? 0,
    enqueue: enqueuedPoints(space, definition.enqueue ?? [], seed, trials ?? Infinity).map(pointToJson),
    prior: earlier.map(({ assignment, curve }) => ({
      assignment: pointToJson(assignment),
      curve: toJson(curve),
    })),
  };
  checkGoals(sampler, given);
  return optimizerFrom(sampler, space, {
    format: 'lossmith-optimizer-1',
    sampler: sampler.name,
    options: JSON.parse(JSON.stringify(options)) as SavedOptimizer['options'],
    seed,
    space: space.hash,
    wave: definition.wave ?? sampler.waveSize(space, options),
    trials: trials ?? null,
    full: definition.full ?? 1,
    ...given,
    proposals: [],
    asked: 0,
    exhausted: false,
  });
}

/**
 * The optimizer that was saved by `toJSON`, as if it had never stopped. Trials that were asked for and not told are
 * `pending`. The sampler proposes all of it once more, which takes as long as it took before: a state in which it would
 * have proposed otherwise was changed, or saved by a version or a platform that computes otherwise.
 * @param saved the value, or its text parsed by `JSON.parse`
 * @param sampler needed where it is not one that comes with Lossmith
 * @throws UserError `schema` or `study` where the state is damaged or was changed, or belongs to another space or sampler
 */
export function resumeOptimizer(saved: unknown, space: Space, sampler?: AnySampler): Optimizer {
  const state = checkSaved(saved);
  const differs = (what: string, found: string, expected: string): UserError =>
    new UserError({ code: 'study', message: `the saved optimizer has another ${what}`, found, expected });
  if (state.space !== space.hash) throw differs('space', `the hash ${state.space}`, space.hash);
  const member = sampler ?? samplerOf(state.sampler);
  if (member.name !== state.sampler) throw differs('sampler', state.sampler, member.name);
  const options = checkWith(member.schema, state.options) as never;
  checkSampler(member, space, options, builtinSamplers.members);
  member.rounds?.check?.({ options, full: state.full });
  checkGoals(member, state);
  enqueuedPoints(space, state.enqueue, state.seed, state.trials ?? Infinity, checkWholePoint);
  earlierTrials(space, priorOf(state));
  checkProposals(member, space, state);
  return optimizerFrom(member, space, state);
}

const samplerOf = (sampler: string | AnySampler): AnySampler =>
  typeof sampler === 'string' ? builtinSamplers.get(sampler) : sampler;
