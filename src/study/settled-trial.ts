import type { TrialRecord, TrialRequest, TrialState } from './trial-record.js';

/** Why a trial has no score. */
export type Fault = Exclude<TrialState, { readonly state: 'completed' | 'pruned' }>;

/** How a trial ended, without its curve. */
export type SettledState =
  | {
      readonly state: 'completed' | 'pruned';
      readonly steps: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly duplicateOf?: number | undefined;
    }
  | Fault;

export const isFault = (outcome: SettledState): outcome is Fault =>
  outcome.state !== 'completed' && outcome.state !== 'pruned';

/**
 * What the stages of a study remember of a settled trial. All the rest (curve, assignment, seed) stays in the journal,
 * so that a study keeps few bytes of each of many trials.
 */
export interface SettledTrial extends Pick<
  TrialRecord,
  'trial' | 'stage' | 'arm' | 'index' | 'wave' | 'candidate' | 'candidateHash'
> {
  readonly outcome: SettledState;
  /** The trial with whose training it went on; undefined where it set out from the start. */
  readonly continues?: number | undefined;
}

/** A trial without what stays in the journal. */
export function settledTrial(request: TrialRequest, outcome: SettledState): SettledTrial {
  // Written out, because V8 gives every object that is spread and added to a shape of its own, at 400 bytes each.
  const { trial, stage, arm, index, wave, candidate, candidateHash, continues } = request;
  return { trial, stage, arm, index, wave, candidate, candidateHash, outcome, continues };
}

/** An outcome without what stays in the journal. */
export function settledState(outcome: TrialState): SettledState {
  if (outcome.state !== 'completed' && outcome.state !== 'pruned') return outcome;
  const { state, steps, metrics, duplicateOf } = outcome;
  return { state, steps, metrics, duplicateOf };
}
