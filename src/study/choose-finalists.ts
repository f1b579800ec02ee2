import { byNumber } from '../core/order.js';
import { PLAIN_ARM, type Arm } from './arm.js';
import { totalViolationOf } from './constraints.js';
import { goalStandings, scoresOf } from './goals.js';
import { meanScores } from './mean-scores.js';
import type { Finalist } from './run-replicates.js';
import type { PrimaryMetric } from './study-context.js';
import { ownerOf, scoreOf } from './read-outcome.js';
import type { SettledTrial } from './settled-trial.js';

/**
 * The best `top` candidates of each sampled arm: fully trained, best validation score first, ties by trial. Of
 * those that train alike, for whichever arm they were trained, only the first. An arm none of whose trials was
 * completed sends nobody.
 *
 * Where there are constraints, only candidates that keep them; the plain loss, without which there is no verdict, goes
 * on all the same if none of its trials keeps them. Where there are several objectives the candidates of the Pareto
 * front of the arm come first, then those that the front alone dominates, and so on, each front by the primary metric.
 */
export function bestOfSearch(
  records: readonly SettledTrial[],
  arms: readonly Arm[],
  metric: PrimaryMetric,
  top: number,
): readonly Finalist[] {
  return arms
    .filter(({ kind }) => kind === 'sampled')
    .flatMap((arm) => {
      const ranked = entrants(records, arm, metric).sort(
        (a, b) => a.front - b.front || byNumber(a.value, b.value) || a.record.trial - b.record.trial,
      );
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

interface Entrant {
  readonly record: SettledTrial;
  readonly value: number;
  /** Number of its Pareto front; the same for all where there is one objective. */
  readonly front: number;
}

/** Trials of an arm that may go to the selection stage. */
function entrants(records: readonly SettledTrial[], arm: Arm, metric: PrimaryMetric): Entrant[] {
  const trained = records
    .filter(({ arm: name, outcome }) => name === arm.name && outcome.state === 'completed')
    .map((record) => ({ record, value: metric.value(scoreOf(record.outcome, metric.key)), front: 1 }))
    .filter(({ value }) => value < Number.POSITIVE_INFINITY);
  if (metric.goals === undefined) return trained;
  const standings = goalStandings(
    metric.goals,
    trained.map(({ record }) => scoresOf(record)),
  );
  const feasible = trained.flatMap((entrant, index) => {
    const standing = standings[index]!;
    return standing.feasible ? [{ ...entrant, front: standing.rank ?? 1 }] : [];
  });
  return feasible.length === 0 && arm.name === PLAIN_ARM ? trained : feasible;
}

/**
 * The winner of each sampled arm on the selection part: best mean over the seeds. A candidate that failed on one
 * seed ranks behind all that did not; ties by trial. One whose means miss a constraint cannot win, but for the plain
 * loss, where all of its candidates do.
 */
export function winnersOfSelection(
  records: readonly SettledTrial[],
  arms: readonly Arm[],
  metric: PrimaryMetric,
): readonly Finalist[] {
  const { constraints = [] } = metric.goals ?? {};
  const keys = constraints.map((constraint) => constraint.metric);
  return arms
    .filter(({ kind }) => kind === 'sampled')
    .flatMap((arm) => {
      const groups = new Map<string, SettledTrial[]>();
      for (const record of records.filter(({ arm: name }) => name === arm.name)) {
        groups.set(record.candidateHash, [...(groups.get(record.candidateHash) ?? []), record]);
      }
      const scored = [...groups.values()].map((group) => {
        const values = group.map(({ outcome }) => metric.value(scoreOf(outcome, metric.key)));
        return {
          first: group[0]!,
          mean: values.reduce((sum, value) => sum + value, 0) / values.length,
          kept: keys.length === 0 || totalViolationOf(constraints, meanScores(group, keys)) === 0,
        };
      });
      const kept = scored.filter((one) => one.kept && one.mean < Number.POSITIVE_INFINITY);
      const best = (kept.length === 0 && arm.name === PLAIN_ARM ? scored : kept).sort(
        (a, b) => byNumber(a.mean, b.mean) || a.first.trial - b.first.trial,
      )[0];
      return best === undefined || best.mean === Number.POSITIVE_INFINITY
        ? []
        : [{ arm: arm.name, candidate: best.first.candidate }];
    });
}
