import type { z } from 'zod';
import type { Named } from '../core/registry.js';
import type { Assignment, Space } from '../space/space.js';

/** What a sampler is told of a trial, in trial order. */
export interface Observation {
  readonly trial: number;
  /** Trials asked for together have the same wave; waves count from 0 and never overlap. */
  readonly wave: number;
  readonly assignment: Assignment;
  /**
   * To be minimised. +Infinity for a trial that was rejected, diverged or failed, and for one that misses a constraint,
   * so that a sampler that looks at values alone keeps away from both: never NaN.
   */
  readonly value: number;
  /**
   * Values after evaluation 1, 2, …, up to the fidelity that the trial reached; the last is `value`. At least one
   * where the trial has a value. They make trials of different fidelity comparable, see `compareRank`.
   */
  readonly curve: readonly number[];
  /**
   * What the trial reached in every objective, to be minimised, the primary one first; +Infinity for what it has no
   * score in. Unlike `value` it says so of a trial that misses a constraint, too. Absent where there is one objective
   * and no constraint: `[value]`.
   */
  readonly objectives?: readonly number[];
  /**
   * How far the trial misses each constraint, in units of its metric: 0 where it keeps it, a positive number where it
   * does not, +Infinity where the trial has no score to tell by. Absent where there is no constraint.
   */
  readonly violations?: readonly number[];
}

/** All that a sampler may look at when it is asked for the next trials of a wave. */
export interface ProposalRequest<Options> {
  /** As the schema of the sampler returned them: with defaults. */
  readonly options: Options;
  readonly space: Space;
  /** Key path of all randomness of this sampler: draw from `stream(seed, purpose, trial)`. */
  readonly seed: string;
  /** Every trial told so far, ordered by trial; all earlier waves are complete. */
  readonly history: readonly Observation[];
  /** Number of the wave asked for. */
  readonly wave: number;
  /** The trials to propose for have the numbers firstTrial … firstTrial + count − 1 of this sampler's own count. */
  readonly firstTrial: number;
  /** Trials asked for, ≥ 1. */
  readonly count: number;
  /**
   * The trials 0 … enqueued − 1 were given by hand: the history has them, this sampler did not propose them. Default 0.
   * Samplers that count through a sequence begin it after them.
   */
  readonly enqueued?: number;
  /**
   * Finished trials of an earlier study, knowledge before the first trial; not counted in history. They have numbers of
   * their own; values may be of another task, so that only their ranks mean anything. Default: none.
   */
  readonly prior?: readonly Observation[];
  /**
   * Fidelity of a whole training, in evaluations, ≥ 1: what samplers with rounds of their own plan by. Absent where
   * there are no fidelities, as on a test function: 1.
   */
  readonly full?: number;
}

/** What the trials of one wave train. */
export interface Round {
  readonly trials: number;
  /** Fidelity at which they set out: 0 from the start, else with the training of an earlier trial each. */
  readonly from: number;
  /** Fidelity that they reach; > `from`, at most that of a whole training. */
  readonly fidelity: number;
}

/** Where a round stands. */
export interface RoundRequest<Options> {
  readonly options: Options;
  readonly space: Space;
  readonly full: number;
  /** Rounds count from 0: the number of the wave. */
  readonly index: number;
}

/**
 * The plan of a sampler that says itself how long its trials train and whose training they go on with. A trial
 * that goes on with another one's training under other values is what a trial would be whose values change there:
 * it stands for the schedule of its whole descent.
 */
export interface TrainingRounds<Options> {
  /** @throws UserError `unsupported` where the options make no sense for trainings of this length; absent: they do. */
  check?(request: Pick<RoundRequest<Options>, 'options' | 'full'>): void;
  /** Depends on nothing that is learned, so that a budget can be planned. */
  round(request: RoundRequest<Options>): Round;
  /**
   * True where a round after this one may go on from trainings that this one does not set out from; absent: never,
   * so that the checkpoints of other fidelities can go. It only saves work.
   */
  keepsAll?(request: RoundRequest<Options>): boolean;
  /** For each trial of a wave the earlier one that it goes on with; called where `from` is not 0. */
  parents(request: ProposalRequest<Options>): readonly number[];
}

/**
 * Proposes points from the history. Pure: equal requests give equal proposals in any process; state is
 * derived from the history by replay, never stored.
 */
export interface Sampler<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  readonly source: string;
  /** True where it can search for several objectives at once, or looks at no result at all. Default: false. */
  readonly severalObjectives?: boolean;
  /** @throws UserError `unsupported` where the sampler cannot work on the space, saying why and what can. */
  check(space: Space, options: Options): void;
  /** Trials of one wave when the experiment does not say: λ of CMA-ES, the population of an evolution. */
  waveSize(space: Space, options: Options): number;
  /**
   * Learns from each trial once, when it is told: not for policies that pause trials, whose values still change.
   */
  readonly learnsOnce?: boolean;
  /** Present in samplers that take the place of a fidelity policy. */
  readonly rounds?: TrainingRounds<Options>;
  /** `count` assignments, or fewer when the sampler has no more (a grid that is used up). */
  propose(request: ProposalRequest<Options>): readonly Assignment[];
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnySampler = Sampler<any>;
