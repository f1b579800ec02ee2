import type { Candidate } from '../candidate/candidate.js';
import type { TaskData } from '../problem/task-data.js';
import type { ProbeOutcome, TrialJob, TrialOutcome } from '../trial/trial.js';
import type { Experiment } from './experiment.js';

/** What a worker is told once. */
export interface WorkerSetup {
  readonly experiment: Experiment;
  /** A named backend: what `auto` means was settled before. */
  readonly backend: string;
  readonly dataFolders: readonly string[];
  /** Hash of the split that the study found: a worker that loads other data must not go on. */
  readonly splitHash: string;
  /** The data; undefined: the worker loads it. */
  readonly data: TaskData | undefined;
}

export type WorkerJob =
  | { readonly kind: 'probe'; readonly candidate: Candidate }
  /** A cohort: trials of one graph, trained side by side. */
  | { readonly kind: 'train'; readonly jobs: readonly TrialJob[] };

/** A trial whose loss threw, with the first line of what. */
export interface ThrownTrial {
  readonly state: 'threw';
  readonly message: string;
}

export type WorkerReply =
  | { readonly kind: 'probe'; readonly outcome: ProbeOutcome }
  | {
      readonly kind: 'train';
      /** In the order of the jobs. */
      readonly outcomes: readonly (TrialOutcome | ThrownTrial)[];
      /** What the user should know. */
      readonly notes: readonly string[];
    };
