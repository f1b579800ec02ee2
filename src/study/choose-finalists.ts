import { byNumber } from '../core/order.js';
import type { Arm } from './arm.js';
import type { Finalist } from './run-replicates.js';
import type { PrimaryMetric } from './study-context.js';
import { scoreOf, type TrialRecord } from './trial-record.js';

/**
 * The best `top` candidates of each sampled arm: fully trained, distinct, best validation score first, ties by
 * trial. An arm none of whose trials was completed sends nobody.
 */
export function bestOfSearch(
  records: readonly TrialRecord[],
  arms: readonly Arm[],
  metric: PrimaryMetric,
  top: number,
): readonly Finalist[] {
  return arms
    .filter(({ kind }) => kind === 'sampled')
    .flatMap((arm) => {
      const ranked = records
        .filter(({ arm: name, outcome }) => name === arm.name && outcome.state === 'completed')
        .map((record) => ({ record, value: metric.value(scoreOf(record.outcome, metric.key)) }))
        .filter(({ value }) => value < Number.POSITIVE_INFINITY)
        .sort((a, b) => byNumber(a.value, b.value) || a.record.trial - b.record.trial);
      const distinct = new Map<string, Finalist>();
      for (const { record } of ranked) {
        // A duplicate is, for all that was measured, the trial it duplicates.
        if (distinct.size === top) break;
        const alike = 'duplicateOf' in record.outcome && record.outcome.duplicateOf !== undefined;
        const within =
          alike &&
          ranked.some(
            ({ record: other }) => other.trial === (record.outcome as { duplicateOf: number }).duplicateOf,
          );
        if (!within) distinct.set(record.candidateHash, { arm: arm.name, candidate: record.candidate });
      }
      return [...distinct.values()];
    });
}

/**
 * The winner of each sampled arm on the selection part: best mean over the seeds. A candidate that failed on one
 * seed ranks behind all that did not; ties by trial.
 */
export function winnersOfSelection(
  records: readonly TrialRecord[],
  arms: readonly Arm[],
  metric: PrimaryMetric,
): readonly Finalist[] {
  return arms
    .filter(({ kind }) => kind === 'sampled')
    .flatMap((arm) => {
      const groups = new Map<string, TrialRecord[]>();
      for (const record of records.filter(({ arm: name }) => name === arm.name)) {
        groups.set(record.candidateHash, [...(groups.get(record.candidateHash) ?? []), record]);
      }
      const ranked = [...groups.values()]
        .map((group) => {
          const values = group.map(({ outcome }) => metric.value(scoreOf(outcome, metric.key)));
          return { first: group[0]!, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
        })
        .sort((a, b) => byNumber(a.mean, b.mean) || a.first.trial - b.first.trial);
      const best = ranked[0];
      return best === undefined || best.mean === Number.POSITIVE_INFINITY
        ? []
        : [{ arm: arm.name, candidate: best.first.candidate }];
    });
}
