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

/** Decides how long each trial trains and who goes on. Pure integer arithmetic. */
export interface FidelityPolicy<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  readonly source: string;
  /** @throws UserError `unsupported` when `full` allows no such bracket. */
  bracket(request: BracketRequest<Options>): Bracket;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnyFidelityPolicy = FidelityPolicy<any>;
