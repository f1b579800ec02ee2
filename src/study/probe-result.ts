import type { ProbeOutcome } from '../trial/trial.js';
import type { FailureReason } from './trial-record.js';

/** Answer of the check, or how the check itself ended. */
export type ProbeResult =
  ProbeOutcome | { readonly state: 'failed'; readonly reason: FailureReason; readonly detail: string };
