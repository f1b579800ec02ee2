import type { TrialRecord, TrialState } from './trial-record.js';

/** How a trial ended, without its curve. */
export type SettledState =
  | {
      readonly state: 'completed' | 'pruned';
      readonly steps: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly duplicateOf?: number | undefined;
    }
  | Exclude<TrialState, { readonly state: 'completed' | 'pruned' }>;

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

/** A record without what stays in the journal. */
export function settledTrial(record: TrialRecord): SettledTrial {
  // Written out, because V8 gives every object that is spread and added to a shape of its own, at 400 bytes each.
  const { trial, stage, arm, index, wave, candidate, candidateHash, continues } = record;
  const outcome = settledState(record.outcome);
  return { trial, stage, arm, index, wave, candidate, candidateHash, outcome, continues };
}

function settledState(outcome: TrialState): SettledState {
  if (outcome.state !== 'completed' && outcome.state !== 'pruned') return outcome;
  const { state, steps, metrics, duplicateOf } = outcome;
  return { state, steps, metrics, duplicateOf };
}

/** The trial whose result this is: its own, or that of the trial it duplicates. */
export function ownerOf({ trial, outcome }: SettledTrial): number {
  return ('duplicateOf' in outcome ? outcome.duplicateOf : undefined) ?? trial;
}

/** Score of a trial, or undefined where it has none. */
export function scoreOf(outcome: SettledState, metric: string): number | undefined {
  if (outcome.state !== 'completed' && outcome.state !== 'pruned') return undefined;
  const score = outcome.metrics[metric];
  return score === undefined || Number.isNaN(score) ? undefined : score;
}
