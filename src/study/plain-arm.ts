import type { Json } from '../core/json.js';
import { plainLossSpec } from '../losses/plain-loss-spec.js';
import type { Head } from '../problem/head.js';
import type { Registries } from '../plugins/registries.js';
import { spaceFrom } from '../space/create-space.js';
import { PLAIN_ARM, type Arm } from './arm.js';
import { withLearningRate } from '../candidate/with-learning-rate.js';
import { budgetOf } from './budget-of.js';
import type { Experiment } from './experiment.js';

/**
 * The control that every claim is measured against: the plain loss with its learning rate tuned on the budget of
 * the search, within `optimizer.tuneWithin` of the experiment's, either way. Where that is 1 there is nothing to
 * tune; in an evaluation nothing is searched, and the plain loss trains as the given one does. Absent where the
 * experiment switches it off.
 */
export function plainArm(
  experiment: Experiment,
  heads: readonly Head[],
  registries: Registries,
): Arm | undefined {
  const { controls, mode, plainLoss, candidate } = experiment;
  const { learningRate, tuneWithin } = experiment.optimizer;
  if (!controls.plain) return undefined;
  const loss = plainLossSpec(heads, plainLoss);
  if (mode === 'evaluate' || tuneWithin === 1) {
    return { kind: 'given', name: PLAIN_ARM, candidate: withLearningRate({ loss }, candidate?.learningRate) };
  }
  const sampler = registries.samplers.get('random');
  const space = spaceFrom({
    name: 'plain-loss',
    parameters: {
      learningRate: {
        type: 'float',
        low: learningRate / tuneWithin,
        high: learningRate * tuneWithin,
        log: true,
      },
    },
    candidate: { loss: loss as unknown as Json, learningRate: '$learningRate' },
  });
  const samplerOptions: unknown = sampler.schema.parse({});
  return { ...budgetOf(experiment, registries), name: PLAIN_ARM, space, sampler, samplerOptions };
}
