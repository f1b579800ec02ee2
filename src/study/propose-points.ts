import type { ProposalRequest } from '../search/sampler.js';
import type { Assignment } from '../space/space.js';
import type { SampledArm } from './arm.js';
import type { ArmState } from './arm-state.js';
import type { Experiment } from './experiment.js';

/** What the sampler of an arm is asked for: so many points after those that it has asked for. */
export function proposalRequest(
  experiment: Experiment,
  { arm: { name }, history, wave, asked }: ArmState,
  { samplerOptions, space, prior }: SampledArm,
  count: number,
): ProposalRequest<never> {
  return {
    options: samplerOptions as never,
    space,
    seed: `study/${experiment.seed}/sampler/${name}`,
    history,
    wave,
    firstTrial: asked,
    count,
    full: experiment.training.evaluations,
    ...(prior === undefined ? {} : { prior }),
  };
}

/** So many points more: those given by hand first. */
export function proposePoints(
  experiment: Experiment,
  state: ArmState,
  arm: SampledArm,
  count: number,
): readonly Assignment[] {
  const { enqueued = [], sampler } = arm;
  const given = enqueued.slice(state.asked, state.asked + count);
  if (given.length === count) return given;
  const request = proposalRequest(experiment, state, arm, count);
  const proposed = sampler.propose({
    ...request,
    firstTrial: request.firstTrial + given.length,
    count: count - given.length,
    ...(enqueued.length === 0 ? {} : { enqueued: enqueued.length }),
  });
  return [...given, ...proposed];
}
