import type { Candidate } from '../candidate/candidate.js';
import type { OtherEngine } from '../engine/engine.js';
import type { Assignment } from '../space/space.js';
import type { Part } from '../problem/part.js';
import type { CurvePoint, ProbeRejection } from '../trial/trial.js';

/** The funnel of design.md section 6. */
export type Stage = 'search' | 'selection' | 'test';

/** What was asked: everything that the result of a trial depends on, beside the experiment. */
export interface TrialRequest {
  /** 0, 1, …: order of asking over the whole study. */
  readonly trial: number;
  readonly stage: Stage;
  /** Who asked: `search`, a control, or a textbook setting. */
  readonly arm: string;
  /** Count within the arm and stage. */
  readonly index: number;
  /** Wave of the arm's sampler; 0 where there is none. */
  readonly wave: number;
  /** Key path of the replicate. */
  readonly seed: string;
  /** The part of the data that the metrics are computed on. */
  readonly part: Part;
  readonly candidate: Candidate;
  readonly candidateHash: string;
  /** Values of the space's entries; absent where the candidate was given. */
  readonly assignment?: Assignment;
  /** The trial with whose training it goes on; absent where it sets out from the start. */
  readonly continues?: number;
}

/** Numbers of a trial that trained. */
export interface Trained {
  /** In evaluations. */
  readonly fidelity: number;
  readonly steps: number;
  /** By metric key; NaN where a metric is not defined on the part. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly curve: readonly CurvePoint[];
  /** Absent where the study's engine trained. */
  readonly engine?: OtherEngine;
}

/** Why a trial has no score though nothing diverged. */
export type FailureReason = 'threw' | 'time-limit' | 'crashed' | 'no-score';

/** `duplicateOf`: the result was taken over from that trial, which trains alike. */
export type TrialState =
  | ({ readonly state: 'completed' | 'pruned'; readonly duplicateOf?: number } & Trained)
  | {
      readonly state: 'diverged';
      readonly reason: string;
      readonly steps: number;
      readonly engine?: OtherEngine;
      readonly duplicateOf?: number;
    }
  | { readonly state: 'rejected'; readonly reason: ProbeRejection; readonly detail: string }
  | {
      readonly state: 'failed';
      readonly reason: FailureReason;
      readonly detail: string;
      readonly duplicateOf?: number;
    };

/** A trial whose fate is settled. */
export interface TrialRecord extends TrialRequest {
  readonly outcome: TrialState;
}
