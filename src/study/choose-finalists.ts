import { byNumber } from '../core/order.js';
import type { Arm } from './arm.js';
import type { Finalist } from './run-replicates.js';
import type { PrimaryMetric } from './study-context.js';
import { ownerOf, scoreOf, type TrialRecord } from './trial-record.js';

/**
 * The best `top` candidates of each sampled arm: fully trained, best validation score first, ties by trial. Of
 * those that train alike, for whichever arm they were trained, only the first. An arm none of whose trials was
 * completed sends nobody.
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
      const distinct = new Map<number, Finalist>();
      for (const { record } of ranked) {
        const owner = ownerOf(record);
        if (distinct.size < top && !distinct.has(owner)) {
          distinct.set(owner, { arm: arm.name, candidate: record.candidate });
        }
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
