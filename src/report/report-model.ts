import type { Candidate } from '../candidate/candidate.js';
import type { RankedImportance } from '../importance/parameter-importance.js';
import type { Verdict } from '../statistics/verdict.js';
import type { LossShape, SampleWeight, ScheduleCurve } from './found-loss-curves.js';

/**
 * All that a report shows, as plain values: the report computes nothing from data and reads nothing. Scores are in
 * units of the metric (never negated); lists keep the order in which they are to appear.
 */
export interface ReportModel {
  readonly study: string;
  readonly packageVersion: string;
  readonly seed: number | string;
  readonly engine: string;
  readonly backend: string;
  readonly task: TaskSummary;
  /** Primary metric. */
  readonly metric: { readonly key: string; readonly direction: 'maximize' | 'minimize' };
  /** Absent before the test stage. */
  readonly verdict?: Verdict;
  /** The test part had served the search that found the given loss: the verdict is no second opinion. */
  readonly testSeen?: boolean;
  /** Why a finished study has no verdict, in a sentence. */
  readonly notJudged?: string;
  readonly leaderboard: readonly LeaderboardRow[];
  readonly history: SearchHistory;
  /** Sentences on how the search began and ended, where it did not simply use up its trials. */
  readonly searchNotes?: readonly string[];
  /** Of a search for several objectives; absent where there is one. */
  readonly front?: FrontModel;
  /** Finalists and controls, best first. */
  readonly learningCurves: readonly LearningCurve[];
  /** Absent while there is no found loss, or for losses without a one-dimensional picture. */
  readonly lossShape?: LossShape;
  /** Parameters of the found loss over training; constants too, if they are to be shown. */
  readonly schedules: readonly ScheduleCurve[];
  /** Of the self-paced curriculum of the found loss, by rising ratio; absent where it has none. */
  readonly sampleWeights?: readonly SampleWeight[];
  readonly trialCounts: readonly TrialCount[];
  /** Of the entries of the space, the most important first; absent where nothing was searched. */
  readonly importance?: ImportanceTable;
  readonly funnel: readonly FunnelStage[];
  /** The winner. */
  readonly found?: { readonly candidate: Candidate; readonly hash: string; readonly text: string };
  /** Such as Node version, platform, number of workers. */
  readonly environment: readonly Fact[];
  /** Such as hashes of the experiment, of the split and of the space. */
  readonly provenance: readonly Fact[];
}

/** A named value of a list of facts. */
export interface Fact {
  readonly name: string;
  readonly value: string | number;
}

export interface TaskSummary {
  readonly name: string;
  readonly summary: string;
  /** Remarks about the data: rows dropped, values imputed. */
  readonly notes: readonly string[];
  /** Samples of each part. */
  readonly parts: readonly { readonly name: string; readonly size: number }[];
}

/** Scores of one arm at one stage of the funnel. */
export interface StageScore {
  readonly mean: number;
  /** n − 1 in the denominator; absent for one seed. */
  readonly standardDeviation?: number;
  /** Seeds. */
  readonly count: number;
}

export type StageName = 'search' | 'selection' | 'test';

export interface LeaderboardRow {
  readonly rank: number;
  /** `winner` at most once. */
  readonly role: 'winner' | 'finalist' | 'control';
  readonly name: string;
  /** The loss in words or symbols, one line. */
  readonly text: string;
  /** Of the candidate. */
  readonly hash: string;
  /** Absent: not run at that stage. */
  readonly stages: Readonly<Partial<Record<StageName, StageScore>>>;
}

export interface SearchHistory {
  readonly trials: readonly HistoryTrial[];
  /** Scores of the controls on the same part as the trials, drawn as lines. */
  readonly controls: readonly { readonly name: string; readonly value: number }[];
}

export interface HistoryTrial {
  /** Number of the trial within its arm, from 0. */
  readonly trial: number;
  /** What proposed it: the sampler, or the control `random search`. */
  readonly arm: string;
  /** Absent for a trial that has no score: rejected, diverged, failed. */
  readonly value?: number;
  /** Part of the whole training that it got, in (0, 1]. */
  readonly fidelity: number;
}

/** What a search for several objectives found on the validation part. */
export interface FrontModel {
  /** Two or more, the primary metric first. */
  readonly objectives: readonly { readonly key: string; readonly direction: 'maximize' | 'minimize' }[];
  /** Fully trained trials with a score in every objective, in trial order. */
  readonly points: readonly FrontPoint[];
  /** In units of the metrics; absent where there is no front. */
  readonly reference?: readonly number[];
  /** Part of the box between the best of each objective and the reference that each sampled arm dominates, in [0, 1]. */
  readonly hypervolumes: readonly {
    readonly arm: string;
    /** `trial` counts within the arm, from 0. */
    readonly points: readonly { readonly trial: number; readonly share: number }[];
  }[];
  /** The constraints in words; absent where there are none. */
  readonly constraints?: string;
}

export interface FrontPoint {
  /** Number of the trial in the study. */
  readonly trial: number;
  readonly arm: string;
  /** `search` for the sampler under study. */
  readonly role: 'search' | 'control';
  /** By objective. */
  readonly scores: readonly number[];
  /** Keeps the constraints. */
  readonly feasible: boolean;
  /** On the Pareto front of its arm; of trials that train alike only the first. */
  readonly onFront: boolean;
  /** The loss in one line. */
  readonly text: string;
}

export interface LearningCurve {
  readonly name: string;
  readonly points: readonly {
    readonly step: number;
    readonly trainLoss: number;
    readonly validationScore: number;
  }[];
}

export const COUNTED_STATES = [
  'completed',
  'piece',
  'pruned',
  'diverged',
  'rejected',
  'duplicate',
  'failed',
] as const;
export type CountedState = (typeof COUNTED_STATES)[number];

export interface TrialCount {
  readonly state: CountedState;
  readonly count: number;
  /** Why, where there is a reason; counts add up to at most `count`. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

export interface ImportanceTable {
  readonly evaluator: string;
  /** Trials that it comes from. */
  readonly trials: number;
  readonly rows: readonly RankedImportance[];
  /** What is left out and why, in a sentence. */
  readonly note?: string;
}

/** What went through one stage of the funnel. */
export interface FunnelStage {
  readonly stage: StageName;
  /** Candidates and controls. */
  readonly arms: number;
  readonly seedsEach: number;
  /** Part of the data that gave the scores. */
  readonly part: string;
}
