import type { z } from 'zod';
import type { Named } from '../core/registry.js';

/** How many trials of a bracket train up to which fidelity. */
export interface Rung {
  readonly trials: number;
  /** In evaluations: 1 … full. */
  readonly fidelity: number;
}

/** Trials that are compared with each other: rung i+1 continues the best of rung i. */
export interface Bracket {
  readonly rungs: readonly Rung[];
}

export interface BracketRequest<Options> {
  readonly options: Options;
  /** Brackets count from 0; a policy may cycle. */
  readonly index: number;
  /** Fidelity of a whole training, in evaluations. */
  readonly full: number;
  /** Trials of one wave. */
  readonly waveSize: number;
}

/** A trial as a policy sees it. */
export interface RungTrial {
  /** Number of the trial: ties go to the smaller one. */
  readonly trial: number;
  /** Values after evaluation 1, 2, … up to the fidelity that it has, to be minimised; +Infinity where it failed. */
  readonly curve: readonly number[];
}

export interface RungRequest<Options> {
  readonly options: Options;
  /** The trials of the bracket that have reached the rung, in trial order. */
  readonly running: readonly RungTrial[];
  /** Trials of earlier brackets that trained to the end, in trial order. */
  readonly completed: readonly RungTrial[];
}

export interface PromotionRequest<Options> {
  readonly options: Options;
  readonly full: number;
  /** Trainings of one wave. */
  readonly waveSize: number;
  /** Trials so far, each with the fidelity that it has, in trial order. */
  readonly trials: readonly RungTrial[];
  /** Trials that may still start. */
  readonly left: number;
}

/** The next wave of a policy that pauses trials. */
export interface Promotions {
  /** Trials that go on, and how far. */
  readonly promoted: readonly { readonly trial: number; readonly fidelity: number }[];
  /** Trials that start, and how far. */
  readonly started: Rung;
}

/** Decides how long each trial trains and who goes on. Pure integer arithmetic. */
export interface FidelityPolicy<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  readonly source: string;
  /** @throws UserError `unsupported` when `full` allows no such bracket. */
  bracket(request: BracketRequest<Options>): Bracket;
  /**
   * Present where a rule decides who goes on after a rung, not a number of places: the trials that do. The rungs of
   * such a bracket all have the same number of trials.
   */
  goesOn?(request: RungRequest<Options>): readonly number[];
  /**
   * Present where every trial pauses after a rung and may go on in any later wave: the next wave. A wave in which
   * nobody trains is the end. `bracket` then says only what the rungs are and about what they cost.
   */
  promotions?(request: PromotionRequest<Options>): Promotions;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnyFidelityPolicy = FidelityPolicy<any>;
