import type { Rung } from '../fidelity/policy.js';
import type { ArmTrial } from './arm-trial.js';
import type { Runner } from './lane.js';
import type { TrialRequest } from './trial-record.js';

/** Trials that an arm sends through rungs together. */
export interface AskedLane {
  readonly rungs: readonly Rung[];
  /** Fidelity at which the trials set out; 0 from the start. */
  readonly from: number;
  /** Trials that are asked for now. */
  readonly requests: readonly TrialRequest[];
  /** For each of them the trial with whose training it goes on; none where all set out from the start. */
  readonly parents: readonly ArmTrial[];
  /** Trials that paused and go on. */
  readonly resumed: readonly Runner[];
}
