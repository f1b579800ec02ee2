import type { Candidate } from '../candidate/candidate.js';

/** Mean, spread and number of the scores of one candidate in one stage. */
export interface StageScores {
  /** Undefined where no run gave a score. */
  readonly mean: number | undefined;
  /** With n − 1; undefined for fewer than two scores. */
  readonly sd: number | undefined;
  /** Runs that gave a score. */
  readonly n: number;
  /** Runs that did not. */
  readonly failed: number;
}

/** How a candidate did in the further goals of its experiment, in the stages that it reached. */
export interface GoalScores {
  /** Further metrics that are objectives or bounded: mean over the runs with a score, by stage; absent: no score. */
  readonly means: Readonly<Record<string, { readonly test?: number; readonly selection?: number }>>;
  readonly test: GoalStage | undefined;
  readonly selection: GoalStage | undefined;
}

export interface GoalStage {
  /**
   * Pareto rank by the means among the rows with the same objectives, 1: the front; those with a failed run behind all
   * without. Absent where there is one objective.
   */
  readonly rank?: number;
  /** Whether the means keep the constraints; absent where there are none. */
  readonly feasible?: boolean;
}

/** One candidate of one arm that reached the selection or the test stage. */
export interface LeaderboardRow {
  /** 1, 2, … */
  readonly rank: number;
  readonly study: string;
  readonly arm: string;
  /** One line for people. */
  readonly loss: string;
  readonly candidateHash: string;
  readonly candidate: Candidate;
  readonly metric: string;
  readonly test: StageScores;
  /**
   * The found loss against this candidate on the test part, paired, in units of the metric. Positive gain: the found loss
   * is better, for metrics to be minimised too.
   */
  readonly comparison:
    | {
        readonly gain: number;
        readonly interval: readonly [number, number];
        readonly pValue: number;
        readonly adjustedPValue: number;
      }
    | undefined;
  readonly selection: StageScores;
  /** Absent where the experiment has one objective and no constraint. */
  readonly goals?: GoalScores;
  /** Best validation score in the search stage, and the trial that gave it. */
  readonly search: { readonly score: number; readonly trial: number } | undefined;
  readonly seed: number;
  readonly experimentHash: string;
  readonly splitHash: string;
  /** Who trained; joined by `+` where the runs used several. */
  readonly engine: string;
  readonly backend: string;
  readonly version: string;
}
