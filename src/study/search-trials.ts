import type { Registries } from '../plugins/registries.js';
import type { Observation } from '../search/sampler.js';
import type { Space } from '../space/space.js';
import { PLAIN_ARM } from './arm.js';
import { observeRecord } from './observe-record.js';
import { spaceOf } from './space-of.js';
import { primaryMetric } from './study-context.js';
import type { StudyFacts } from './study-facts.js';

/**
 * The space of a study and all its trials in it: of the search and of the random control, numbered as in the study;
 * the tuned plain loss has a space of its own. Undefined for an evaluation, which has no space.
 */
export function searchTrials(
  { provenance, records }: StudyFacts,
  registries: Pick<Registries, 'metrics'>,
): { readonly space: Space; readonly trials: readonly Observation[] } | undefined {
  const { experiment } = provenance;
  if (experiment.space === undefined) return undefined;
  const metric = primaryMetric(experiment, registries);
  const sampled = records.filter(
    ({ stage, arm, assignment }) => stage === 'search' && arm !== PLAIN_ARM && assignment !== undefined,
  );
  return {
    space: spaceOf(experiment),
    trials: sampled.map((record) => ({ ...observeRecord(record, metric), trial: record.trial })),
  };
}
