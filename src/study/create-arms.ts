import type { Candidate } from '../candidate/candidate.js';
import type { Json } from '../core/json.js';
import { plainLossSpec } from '../losses/plain-loss-spec.js';
import type { Registries } from '../plugins/registries.js';
import { spaceFrom } from '../space/create-space.js';
import type { Head } from '../models/model.js';
import { PLAIN_ARM, SEARCH_ARM, type Arm } from './arm.js';
import type { Experiment } from './experiment.js';
import { textbookCandidates } from './textbook-candidates.js';

/** The learning rate of the plain loss is tuned within this factor of the experiment's, either way. */
const LEARNING_RATE_FACTOR = 10;

/** The arms of a study, the search first. */
export function createArms(
  experiment: Experiment,
  heads: readonly Head[],
  registries: Registries,
): readonly Arm[] {
  const { search, controls, plainLoss } = experiment;
  const given = (candidate: Candidate, name: string): Arm => ({ kind: 'given', name, candidate });
  if (experiment.mode === 'evaluate') {
    const textbook = textbookCandidates(undefined, heads, plainLoss, registries.losses);
    return [
      given(experiment.candidate!, SEARCH_ARM),
      ...textbook.map(({ name, candidate }) => given(candidate, name)),
    ];
  }
  const policy = registries.fidelityPolicies.get(search.fidelity.name);
  const sampler = registries.samplers.get(search.sampler.name);
  const random = registries.samplers.get('random');
  const space = spaceFrom(experiment.space);
  const common = {
    kind: 'sampled',
    policy,
    policyOptions: policy.schema.parse(search.fidelity.options) as unknown,
    trials: search.trials,
    wave: search.wave,
  } as const;
  const arms: Arm[] = [
    {
      ...common,
      name: SEARCH_ARM,
      space,
      sampler,
      samplerOptions: sampler.schema.parse(search.sampler.options),
    },
  ];
  const randomOptions: unknown = random.schema.parse({});
  if (controls.random && sampler.name !== random.name) {
    arms.push({ ...common, name: 'random', space, sampler: random, samplerOptions: randomOptions });
  }
  if (controls.plain) {
    const { learningRate } = experiment.optimizer;
    const tuned = spaceFrom({
      name: 'plain-loss',
      parameters: {
        learningRate: {
          type: 'float',
          low: learningRate / LEARNING_RATE_FACTOR,
          high: learningRate * LEARNING_RATE_FACTOR,
          log: true,
        },
      },
      candidate: { loss: plainLossSpec(heads, plainLoss) as unknown as Json, learningRate: '$learningRate' },
    });
    arms.push({ ...common, name: PLAIN_ARM, space: tuned, sampler: random, samplerOptions: randomOptions });
  }
  if (controls.textbook) {
    for (const { name, candidate } of textbookCandidates(space, heads, plainLoss, registries.losses)) {
      arms.push(given(candidate, name));
    }
  }
  return arms;
}
