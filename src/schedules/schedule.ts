import type { z } from 'zod';
import type { Named } from '../core/registry.js';

/**
 * What a schedule driven by training state may look at. Handed over between chunks, so it is the same for all
 * steps of a chunk.
 */
export interface TrainingState {
  /** Validation loss at the end of each chunk so far, oldest first. */
  readonly validationLosses: readonly number[];
}

/**
 * A parameter as a function of progress. `compile` checks nothing: `options` went through `schema` before.
 * The returned function is pure: (τ in [0, 1], state) → value.
 */
export interface Schedule<Options = never> extends Named {
  /** Strict zod object of the options beside the key `schedule`. */
  readonly schema: z.ZodType<Options>;
  /** 'progress' when the value depends on τ alone. */
  readonly driver: 'progress' | 'state';
  compile(options: Options): (progress: number, state: TrainingState) => number;
  /** Progress at which the value jumps or turns, if anywhere: range checks look there as well as on their grid. */
  breakpoints?(options: Options): readonly number[];
}

/** A schedule whose option type is hidden, as registries hold it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnySchedule = Schedule<any>;
