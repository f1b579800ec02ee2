import type { ConstrainedPoint } from '../search/pareto/dominance.js';
import { hypervolumeHistory } from '../search/pareto/hypervolume-history.js';
import { frontBox } from '../search/pareto/reference-point.js';
import { totalViolationOf } from '../study/constraints.js';
import { goalsOf, scoresOf } from '../study/goals.js';
import { objectiveValues, valueOf, type Objective } from '../study/objectives.js';
import type { StudyFacts } from '../study/study-facts.js';
import { ownerOf } from '../study/read-outcome.js';
import type { TrialRecord } from '../study/trial-record.js';
import { trialStandings } from './trial-standings.js';

/** A fully trained trial of the search stage. */
export interface FrontTrial {
  readonly record: TrialRecord;
  /** By objective, in units of the metric; NaN where there is no score. */
  readonly scores: readonly number[];
  readonly feasible: boolean;
  /** On the Pareto front of its own arm, and within the constraints. */
  readonly onFront: boolean;
}

/** How much of the objective space an arm dominates after each of its trials. */
export interface ArmHistory {
  readonly arm: string;
  readonly points: readonly {
    readonly record: TrialRecord;
    /** In the product of the metrics' units. */
    readonly hypervolume: number;
    /** As part of the box between the best of each objective and the reference, in [0, 1]. */
    readonly share: number;
  }[];
}

/** What a search for several objectives found on the validation part. */
export interface SearchFront {
  readonly objectives: readonly Objective[];
  /** In trial order. */
  readonly trials: readonly FrontTrial[];
  /** In units of the metrics; undefined where no trial keeps the constraints with a score in every objective. */
  readonly reference: readonly number[] | undefined;
  /** Of the arms that a sampler searches; none without a reference. */
  readonly histories: readonly ArmHistory[];
}

/**
 * The Pareto front of each arm, and the hypervolume of the sampled arms over their trials. All arms share one
 * reference, made from the fronts of all of them, so it moves when trials are added. Undefined for a study with one
 * objective.
 */
export function searchFront({ provenance, records }: StudyFacts): SearchFront | undefined {
  const goals = goalsOf(provenance.experiment);
  if (goals === undefined || goals.objectives.length === 0) return undefined;
  const { objectives, constraints } = goals;
  const searched = records.filter(({ stage }) => stage === 'search');
  const standings = trialStandings(provenance, searched);
  const pointOf = (record: TrialRecord): ConstrainedPoint => ({
    objectives: objectiveValues(objectives, scoresOf(record)),
    violation: totalViolationOf(constraints, scoresOf(record)),
  });
  const trained = searched.filter(({ outcome }) => outcome.state === 'completed');
  const trials = trained.map((record): FrontTrial => {
    const standing = standings.get(record.trial)!;
    const finite = pointOf(record).objectives.every(Number.isFinite);
    return {
      record,
      scores: objectives.map(({ key }) => scoresOf(record)?.[key] ?? NaN),
      feasible: standing.feasible,
      onFront: finite && standing.feasible && standing.rank === 1,
    };
  });
  // Of the sampled arms: a textbook setting is a front of its own, however bad it is.
  const compared = trials.filter(({ onFront, record }) => onFront && record.assignment !== undefined);
  const box = frontBox(compared.map(({ record }) => pointOf(record).objectives));
  return {
    objectives,
    trials,
    // What is minimised and what is shown differ by the sign alone.
    reference: box?.reference.map((value, index) => valueOf(objectives[index]!, value)),
    histories: box === undefined ? [] : armHistories(searched, pointOf, box.ideal, box.reference),
  };
}

/** The front of one arm in trial order; of trials that train alike only the first. */
export function frontOf({ trials }: SearchFront, arm: string): readonly FrontTrial[] {
  const owners = new Set<number>();
  return trials.filter(({ onFront, record }) => {
    if (!onFront || record.arm !== arm || owners.has(ownerOf(record))) return false;
    owners.add(ownerOf(record));
    return true;
  });
}

function armHistories(
  searched: readonly TrialRecord[],
  pointOf: (record: TrialRecord) => ConstrainedPoint,
  ideal: readonly number[],
  reference: readonly number[],
): readonly ArmHistory[] {
  const whole = reference.reduce((product, value, index) => product * (value - ideal[index]!), 1);
  const sampled = searched.filter(({ assignment }) => assignment !== undefined);
  const arms = [...new Set(sampled.map(({ arm }) => arm))];
  return arms.map((arm) => {
    const own = sampled.filter((record) => record.arm === arm);
    const volumes = hypervolumeHistory(own.map(pointOf), reference);
    return {
      arm,
      points: own.map((record, index) => ({
        record,
        hypervolume: volumes[index]!,
        share: Math.min(1, volumes[index]! / whole),
      })),
    };
  });
}
