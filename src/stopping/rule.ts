import type { z } from 'zod';
import type { Named } from '../core/registry.js';
import type { Observation } from '../search/sampler.js';

/** A settled trial of the search, as a rule sees it. */
export interface StoppingTrial extends Pick<Observation, 'trial' | 'wave' | 'value'> {
  /** It trained to the end and has a score; `value` is comparable to that of others of which this is true. */
  readonly complete: boolean;
  /** Training steps that were done for it; 0 where the result was taken over, or nothing is known of them. */
  readonly steps: number;
}

/** All that a rule may look at. */
export interface StoppingRequest<Options> {
  /** As the schema of the rule returned them: with defaults. */
  readonly options: Options;
  /** Every settled trial of the search in trial order: whole waves. Values are minimised, +Infinity for a failure. */
  readonly history: readonly StoppingTrial[];
  /** Trials that the budget still has, ≥ 0. */
  readonly left: number;
  /** Of the primary metric; values are scores, negated where it is maximised. */
  readonly direction: 'maximize' | 'minimize';
}

/**
 * Says when a search has done enough. Pure: equal requests give equal answers; it is asked after each wave, with the
 * trials in order, so the answer depends neither on workers nor on interruptions.
 */
export interface StoppingRule<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  readonly source: string;
  /** Looks at what was spent alone, so it serves any number of objectives. */
  readonly budgetOnly?: boolean;
  /** Why to stop now, in a few words with numbers; undefined to go on. */
  check(request: StoppingRequest<Options>): string | undefined;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnyStoppingRule = StoppingRule<any>;
