import type { Candidate } from '../candidate/candidate.js';
import { withLearningRate } from '../candidate/with-learning-rate.js';
import type { Head } from '../problem/head.js';
import type { Registries } from '../plugins/registries.js';
import { SEARCH_ARM, type Arm } from './arm.js';
import { budgetOf } from './budget-of.js';
import { enqueuedPoints } from './enqueued-points.js';
import type { Experiment } from './experiment.js';
import { spaceOf } from './space-of.js';
import { priorObservations } from './start-from.js';
import { textbookCandidates } from './textbook-candidates.js';

/**
 * The arms of a study but for the plain one, the search first.
 * @param learningRate what candidates train with that name none of their own; undefined: the experiment's.
 */
export function createArms(
  experiment: Experiment,
  heads: readonly Head[],
  registries: Registries,
  learningRate?: number,
): readonly Arm[] {
  const { search, controls, plainLoss, mode } = experiment;
  const given = (candidate: Candidate, name: string): Arm => ({
    kind: 'given',
    name,
    candidate: withLearningRate(candidate, learningRate),
  });
  const space = mode === 'evaluate' ? undefined : spaceOf(experiment);
  const arms: Arm[] = [];
  if (space === undefined) {
    arms.push(given(experiment.candidate!, SEARCH_ARM));
  } else {
    const budget = budgetOf(experiment, registries);
    const tried = { ...space, build: (point: never) => withLearningRate(space.build(point), learningRate) };
    const sampler = registries.samplers.get(search.sampler.name);
    const samplerOptions: unknown = sampler.schema.parse(search.sampler.options);
    const { trials } = search;
    const enqueued = enqueuedPoints(experiment, space);
    const { startFrom } = search;
    const prior = startFrom === undefined ? {} : { prior: priorObservations(startFrom) };
    const own = { trials, name: SEARCH_ARM, sampler, samplerOptions, enqueued, ...prior };
    arms.push({ ...budget, ...own, space: tried });
    const random = registries.samplers.get('random');
    if (controls.random && sampler.name !== random.name) {
      const randomOptions: unknown = random.schema.parse({});
      arms.push({ ...budget, name: 'random', space: tried, sampler: random, samplerOptions: randomOptions });
    }
  }
  if (controls.textbook) {
    for (const { name, candidate } of textbookCandidates(space, heads, plainLoss, registries.losses)) {
      arms.push(given(candidate, name));
    }
  }
  return arms;
}
