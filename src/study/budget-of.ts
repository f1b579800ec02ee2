import type { Registries } from '../plugins/registries.js';
import type { Arm } from './arm.js';
import type { Experiment } from './experiment.js';

type Sampled = Extract<Arm, { kind: 'sampled' }>;

/** What all sampled arms of a study have alike: number of trials, wave and fidelity policy. */
export function budgetOf(
  experiment: Experiment,
  registries: Registries,
): Pick<Sampled, 'kind' | 'policy' | 'policyOptions' | 'trials' | 'wave'> {
  const { search } = experiment;
  const policy = registries.fidelityPolicies.get(search.fidelity.name);
  return {
    kind: 'sampled',
    policy,
    policyOptions: policy.schema.parse(search.fidelity.options) as unknown,
    trials: search.trials,
    wave: search.wave,
  };
}
