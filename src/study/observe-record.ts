import type { Observation } from '../search/sampler.js';
import type { PrimaryMetric } from './study-context.js';
import { scoreOf, type TrialRecord } from './trial-record.js';

/** What a sampler is told of a settled trial of the search: values to be minimised, by the primary metric. */
export function observeRecord(record: TrialRecord, metric: PrimaryMetric): Observation {
  const { outcome } = record;
  const trained = outcome.state === 'completed' || outcome.state === 'pruned';
  return {
    trial: record.index,
    wave: record.wave,
    assignment: record.assignment ?? {},
    value: metric.value(scoreOf(outcome, metric.key)),
    curve: trained ? outcome.curve.map(({ validationScore }) => metric.value(validationScore)) : [],
  };
}
