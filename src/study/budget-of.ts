import type { Registries } from '../plugins/registries.js';
import { unitsOfRounds } from '../search/rounds.js';
import type { SampledArm } from './arm.js';
import type { Experiment } from './experiment.js';
import { spaceOf } from './space-of.js';

/**
 * What all sampled arms of a study have alike: number of trials, wave and fidelity policy. Where the sampler plans
 * its own rounds, the trials of the others are as many whole trainings as its training comes to.
 */
export function budgetOf(
  experiment: Experiment,
  registries: Registries,
): Pick<SampledArm, 'kind' | 'policy' | 'policyOptions' | 'trials' | 'wave'> {
  const { search } = experiment;
  const policy = registries.fidelityPolicies.get(search.fidelity.name);
  return {
    kind: 'sampled',
    policy,
    policyOptions: policy.schema.parse(search.fidelity.options) as unknown,
    trials: trialsOfControls(experiment, registries),
    wave: search.wave,
  };
}

function trialsOfControls(experiment: Experiment, { samplers }: Registries): number {
  const { search, space, training } = experiment;
  const sampler = samplers.get(search.sampler.name);
  if (sampler.rounds === undefined || space === undefined) return search.trials;
  const options: unknown = sampler.schema.parse(search.sampler.options);
  const full = training.evaluations;
  const units = unitsOfRounds({ sampler, options, space: spaceOf(experiment), full }, search.trials);
  return Math.max(1, Math.floor(units / full));
}
