import type { Stretch } from '../candidate/sequence-candidates.js';
import type { SettledState } from './settled-trial.js';
import type { TrialRequest } from './trial-record.js';

/** A trial of an arm whose trials pause, or go on with the training of others: what it is to later waves. */
export type ArmTrial = {
  /** Its number in the study. */
  readonly trial: number;
  /** What was trained on the way to it, one after the other; empty where trials go on with their own training alone. */
  readonly descent: readonly Stretch[];
} & (
  | { readonly state: 'running' }
  /** It has a training, with which it or others may go on; one that failed is one, too. */
  | {
      readonly state: 'trained';
      readonly request: TrialRequest;
      readonly signature: string;
      /** No earlier trial of the arm trains like it. */
      readonly first: boolean;
      /** Whose the last piece of the training is. */
      readonly owner: number;
      /** How far it has come, in evaluations. */
      readonly fidelity: number;
      /** What it has reached there; all of it is in the journal. */
      readonly outcome: SettledState;
      readonly curve: readonly number[];
      /** The checkpoint of its training is in the journal. */
      checkpoint: boolean;
    }
  /** It has none: the check turned it down, or the trial that it was to go on with. */
  | { readonly state: 'untrained'; readonly outcome: SettledState; readonly curve: readonly number[] }
);

/** Of trials that go on with their own training alone; one for all of them, as there may be many. */
export const NO_DESCENT: readonly Stretch[] = [];

/** A trial of which something was trained. */
export type TrainedTrial = Extract<ArmTrial, { readonly state: 'trained' }>;

export const isTrained = (trial: ArmTrial): trial is TrainedTrial => trial.state === 'trained';
