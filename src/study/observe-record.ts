import type { Observation } from '../search/sampler.js';
import { violationsOf } from './constraints.js';
import { scoresOf, type Goals } from './goals.js';
import { objectiveValues } from './objectives.js';
import type { PrimaryMetric } from './study-context.js';
import { scoreOf } from './read-outcome.js';
import type { TrialRecord } from './trial-record.js';

/**
 * What a sampler is told of a settled trial of the search: values to be minimised, by the primary metric, and where
 * the experiment has further goals what the trial reached in all of them.
 */
export function observeRecord(record: TrialRecord, metric: PrimaryMetric): Observation {
  const { outcome } = record;
  const trained = outcome.state === 'completed' || outcome.state === 'pruned';
  const told: Observation = {
    trial: record.index,
    wave: record.wave,
    assignment: record.assignment ?? {},
    value: metric.value(scoreOf(outcome, metric.key)),
    curve: trained ? outcome.curve.map(({ validationScore }) => metric.value(validationScore)) : [],
  };
  return metric.goals === undefined ? told : withGoals(told, record, metric.goals);
}

function withGoals(told: Observation, record: TrialRecord, { objectives, constraints }: Goals): Observation {
  const scores = Number.isFinite(told.value) ? scoresOf(record) : undefined;
  const values = objectives.length === 0 ? [told.value] : objectiveValues(objectives, scores);
  if (constraints.length === 0) return { ...told, objectives: values };
  const violations = violationsOf(constraints, scores);
  const kept = violations.every((violation) => violation === 0);
  // To a sampler that looks at values alone it is a failure; those that rank or look at violations know better.
  const shown = kept ? told : { ...told, value: Infinity, curve: [] };
  return { ...shown, objectives: values, violations };
}
