import { constrainedRanks } from '../search/pareto/non-dominated-ranks.js';
import { totalViolationOf, type Constraint } from './constraints.js';
import type { Experiment } from './experiment.js';
import { objectiveValues, type Objective, type Scores } from './objectives.js';
import type { SettledTrial } from './settled-trial.js';

/** What an experiment asks for beside the primary metric. */
export interface Goals {
  /** Primary first; none where the primary metric alone is searched for. */
  readonly objectives: readonly Objective[];
  readonly constraints: readonly Constraint[];
}

/** The part of an experiment that says what its goals are. */
export interface WithGoals {
  readonly search?: Pick<Experiment['search'], 'objectives'>;
  readonly constraints?: Experiment['constraints'];
}

/** The goals of an experiment; undefined where it has one objective and no constraint. */
export function goalsOf({ search, constraints = [] }: WithGoals): Goals | undefined {
  const { objectives = [] } = search ?? {};
  return objectives.length + constraints.length === 0 ? undefined : { objectives, constraints };
}

/** Keys of the metrics that the goals are about, but for the primary one. */
export function furtherMetrics({ objectives, constraints }: Goals, primary: string): readonly string[] {
  const keys = [...objectives.map(({ key }) => key), ...constraints.map(({ metric }) => metric)];
  return [...new Set(keys)].filter((key) => key !== primary);
}

/** Scores of a trial; undefined where it has none. */
export function scoresOf({ outcome }: Pick<SettledTrial, 'outcome'>): Scores {
  return outcome.state === 'completed' || outcome.state === 'pruned' ? outcome.metrics : undefined;
}

/** How scores stand among others with the same goals. */
export interface GoalStanding {
  /** True where they keep all constraints. */
  readonly feasible: boolean;
  /** By how much they miss them in all, in units of the metrics. */
  readonly violation: number;
  /** 1 for the Pareto front, 2 for what it alone dominates, …; undefined where there is one objective. */
  readonly rank: number | undefined;
}

/**
 * How each of some scores stands among them, by constrained dominance, in the order given; undefined for what has no
 * scores. What lacks the score of an objective is worst in it.
 */
export function goalStandings(
  { objectives, constraints }: Goals,
  all: readonly Scores[],
): readonly (GoalStanding | undefined)[] {
  const points = all.map((scores) => ({
    objectives: objectiveValues(objectives, scores),
    violation: totalViolationOf(constraints, scores),
  }));
  const present = points.filter((_, index) => all[index] !== undefined);
  const ranks = objectives.length === 0 ? undefined : constrainedRanks(present);
  let place = 0;
  return points.map(({ violation }, index) => {
    if (all[index] === undefined) return undefined;
    const rank = ranks?.[place++];
    return { feasible: violation === 0, violation, rank: rank === undefined ? undefined : rank + 1 };
  });
}
