import { UserError } from '../../core/errors.js';
import { builtinSamplers } from '../registry.js';
import type { AnySampler } from '../sampler.js';
import type { SavedOptimizer } from './saved.js';

/**
 * Whether a sampler can do what is asked of an optimizer beside options, waves and trials.
 * @throws UserError `unsupported` as a study would
 */
export function checkGoals(
  { name, rounds, severalObjectives }: AnySampler,
  {
    objectives,
    constraints,
    enqueue,
    prior,
  }: Pick<SavedOptimizer, 'objectives' | 'constraints' | 'enqueue' | 'prior'>,
): void {
  const refuse = (message: string, found: string, expected: string): never => {
    throw new UserError({ code: 'unsupported', message, found, expected });
  };
  const goals =
    objectives > 1 ? `${objectives} objectives` : `${constraints} constraint${constraints === 1 ? '' : 's'}`;
  const hasGoals = objectives > 1 || constraints > 0;
  if (rounds !== undefined) {
    const plans = `the sampler "${name}" says itself how many trials train how long`;
    if (enqueue.length > 0) refuse(plans, 'points in `enqueue`', 'no points by hand, or another sampler');
    if (prior.length > 0) refuse(plans, 'trials in `prior`', 'no earlier trials, or another sampler');
    if (hasGoals) refuse(plans, goals, 'a sampler whose trials all train to the end');
  }
  if (objectives > 1 && severalObjectives !== true) {
    const able = builtinSamplers.members.filter((one) => one.severalObjectives === true);
    refuse(
      `the sampler "${name}" searches for one objective`,
      goals,
      `one of the samplers ${able.map((one) => one.name).join(', ')}`,
    );
  }
  if (hasGoals && prior.length > 0) {
    refuse('of earlier trials the value alone is known', `\`prior\` beside ${goals}`, 'no earlier trials');
  }
}
