import { stringify } from 'csv-stringify/sync';
import { describeCandidate } from '../candidate/describe-candidate.js';
import { canonicalJson } from '../core/json.js';
import type { StudyFacts } from '../study/study-facts.js';
import { csvNumber } from './csv-number.js';
import { frontOf, type SearchFront } from './search-front.js';

/**
 * pareto-front.csv: the front of each arm on the validation part, arm by arm, in trial order, with all metrics; of
 * trials that train alike only the first of the arm.
 */
export function paretoFrontCsv({ provenance }: StudyFacts, front: SearchFront): string {
  const metrics = provenance.experiment.metrics.map(({ key }) => key);
  const arms = [...new Set(front.trials.map(({ record }) => record.arm))];
  const rows = arms.flatMap((arm) =>
    frontOf(front, arm).map(({ record: { trial, index, candidate, candidateHash, outcome } }) => [
      ...[arm, trial, index],
      ...metrics.map((key) => csvNumber('metrics' in outcome ? outcome.metrics[key] : undefined)),
      ...[describeCandidate(candidate), candidateHash, canonicalJson(candidate)],
    ]),
  );
  return stringify([['arm', 'trial', 'index', ...metrics, 'loss', 'candidate_hash', 'candidate'], ...rows]);
}

/**
 * hypervolume.csv: what each sampled arm dominates after each of its trials, up to the reference in the last columns;
 * `share` is its part of the box between the best of each objective and the reference.
 */
export function hypervolumeCsv({ objectives, histories, reference }: SearchFront): string {
  const bounds = objectives.map((_, index) => csvNumber(reference?.[index]));
  const rows = histories.flatMap(({ arm, points }) =>
    points.map(({ record, hypervolume, share }) => [
      ...[arm, record.trial, record.index, csvNumber(hypervolume), csvNumber(share)],
      ...bounds,
    ]),
  );
  const names = objectives.map(({ key }) => `reference_${key}`);
  return stringify([['arm', 'trial', 'index', 'hypervolume', 'share', ...names], ...rows]);
}
