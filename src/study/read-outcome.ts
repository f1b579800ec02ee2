import type { SettledState, SettledTrial } from './settled-trial.js';
import type { TrialState } from './trial-record.js';

/** Score of a trial, or undefined where it has none. */
export function scoreOf(outcome: SettledState, metric: string): number | undefined {
  if (outcome.state !== 'completed' && outcome.state !== 'pruned') return undefined;
  const score = outcome.metrics[metric];
  return score === undefined || Number.isNaN(score) ? undefined : score;
}

/** The trial whose result this is: its own, or that of the trial it duplicates. */
export function ownerOf({ trial, outcome }: SettledTrial): number {
  return ('duplicateOf' in outcome ? outcome.duplicateOf : undefined) ?? trial;
}

/** The engine that gave the numbers of a trial; undefined where it has none. */
export function engineOf(outcome: TrialState, studyEngine: string): string | undefined {
  if (outcome.state === 'rejected' || outcome.state === 'failed') return undefined;
  return outcome.engine?.name ?? studyEngine;
}
