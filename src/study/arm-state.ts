import type { Stretch } from '../candidate/sequence-candidates.js';
import type { Observation } from '../search/sampler.js';
import type { Arm } from './arm.js';
import type { Runner } from './lane.js';
import type { TrialRecord } from './trial-record.js';

/** How far an arm has come in the search stage. */
export interface ArmState {
  readonly arm: Arm;
  /** What its sampler has been told, by the trials' own count. */
  readonly history: Observation[];
  /** What it has trained so far, see the lanes. */
  readonly reached: Set<string>;
  /**
   * Trials that ended a round or paused, by their own count: others may go on with their training, or they
   * themselves. Empty for arms whose trials end with their bracket.
   */
  readonly ended: Map<number, Runner>;
  /**
   * Trials of a sampler with rounds of its own that have no training, by their number in the study: rejected ones,
   * and those that went on with them.
   */
  readonly untrained: Map<number, TrialRecord>;
  /** Number in the study of each trial asked for, by own count. */
  readonly numbers: number[];
  /** Those of them whose checkpoints are kept. */
  readonly kept: Set<number>;
  /** What each trial of a sampler with rounds of its own trained on its way, by own count. */
  readonly descents: Map<number, readonly Stretch[]>;
  /** Curves of trials that may be promoted, by own count, see {@link RungTrial}. */
  readonly curves: Map<number, readonly number[]>;
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
  ended: new Map(),
  untrained: new Map(),
  numbers: [],
  kept: new Set(),
  descents: new Map(),
  curves: new Map(),
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
