import type { Observation } from '../search/sampler.js';
import type { Arm } from './arm.js';
import type { ArmTrial } from './arm-trial.js';

/** How far an arm has come in the search stage. */
export interface ArmState {
  readonly arm: Arm;
  /** What its sampler has been told, by the trials' own count. */
  readonly history: Observation[];
  /** What it has trained so far, see the lanes. */
  readonly reached: Set<string>;
  /** Its trials by their own count; none for arms whose trials end with their bracket. */
  trials: ArmTrial[];
  /** Signatures of those that have a training. */
  readonly signatures: Set<string>;
  /** Trials that it may ask for; fewer than its arm has where the search it stands beside ended early. */
  limit: number;
  /** Trials asked for so far. */
  asked: number;
  wave: number;
  /** The sampler has no more to propose. */
  exhausted: boolean;
  done: boolean;
}

export const startOf = (arm: Arm): ArmState => ({
  arm,
  history: [],
  reached: new Set(),
  trials: [],
  signatures: new Set(),
  limit: arm.kind === 'sampled' ? arm.trials : 1,
  asked: 0,
  wave: 0,
  exhausted: false,
  done: false,
});

/** True for an arm whose sampler takes the place of the fidelity policy. */
export const plansRounds = (arm: Arm): boolean => arm.kind === 'sampled' && arm.sampler.rounds !== undefined;

/** True for an arm whose trials pause after a rung and may go on in any later wave. */
export const pauses = (arm: Arm): boolean =>
  arm.kind === 'sampled' && !plansRounds(arm) && arm.policy.promotions !== undefined;

/** True for an arm whose trials may go on in a later wave than their own. */
export const goesOnLater = (arm: Arm): boolean => plansRounds(arm) || pauses(arm);
