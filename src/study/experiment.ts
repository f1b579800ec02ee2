import type { Candidate } from '../candidate/candidate.js';
import { hashJson, type Json } from '../core/json.js';
import type { FoundBy } from './found-by.js';
import type { StartFrom } from './start-from.js';
import type { Assignment } from '../space/space.js';
import type { Reduction } from '../losses/reduce-per-sample.js';
import type { Constraint } from './constraints.js';
import type { Objective } from './objectives.js';

/** A member of a registry and its options, with their defaults. */
export interface MemberChoice {
  readonly name: string;
  readonly options: Readonly<Record<string, Json>>;
}

/**
 * An experiment with every name resolved and every default filled in: plain JSON, stored in the journal, and
 * all that a worker needs. It holds no reference to the file it came from.
 */
export interface Experiment {
  readonly name: string;
  readonly description?: string;
  /** What is done: a search, or the evaluation of a given loss. */
  readonly mode: 'search' | 'evaluate';
  /** Absolute paths of the user's modules. */
  readonly use: readonly string[];
  /** Hash of the texts of these modules. */
  readonly useHash: string;
  readonly seed: number;
  readonly engine: string;
  readonly task: MemberChoice;
  readonly model: MemberChoice;
  readonly optimizer: MemberChoice & {
    readonly learningRate: number;
    /** The plain loss' learning rate is tuned within this factor, either way; the other arms take it over. */
    readonly tuneWithin: number;
  };
  readonly training: {
    readonly steps: number;
    readonly batchSize: number;
    readonly evaluations: number;
    readonly reduction: Reduction;
    readonly normaliseGradient: boolean;
  };
  /** Primary first. */
  readonly metrics: readonly { readonly key: string; readonly name: string; readonly head: string }[];
  /** Plain loss by head. */
  readonly plainLoss: Readonly<Record<string, string>>;
  /** Definition of the space; absent when evaluating. */
  readonly space?: Json;
  /** Hash of the space: the order of its parameters counts, which canonical JSON would not show. */
  readonly spaceHash?: string;
  /** The given candidate; absent when searching. */
  readonly candidate?: Candidate;
  /** The search that found the given candidate, where its file says so. */
  readonly foundBy?: FoundBy;
  readonly search: {
    readonly trials: number;
    readonly sampler: MemberChoice;
    readonly fidelity: MemberChoice;
    readonly wave: number;
    /** The first that holds after a wave ends the search; absent: the trials do. */
    readonly stop?: readonly MemberChoice[];
    /** The search tries these first; entries that are left out are drawn from the space. */
    readonly enqueue?: readonly Assignment[];
    /** Two or more, the primary metric first; absent where it alone is searched for. */
    readonly objectives?: readonly Objective[];
    /** What an earlier study had to say; its best points come after those of `enqueue`. */
    readonly startFrom?: StartFrom;
  };
  /** What a candidate must keep in order to win; absent where there is none. */
  readonly constraints?: readonly Constraint[];
  readonly controls: { readonly plain: boolean; readonly random: boolean; readonly textbook: boolean };
  readonly selection: { readonly top: number; readonly seeds: number };
  readonly test: { readonly seeds: number };
  readonly statistics: { readonly level: number; readonly resamples: number };
  readonly limits: { readonly trialSeconds: number };
}

/**
 * Hash of what the results depend on. Name, description, the places of the user's modules (their texts count),
 * the engine (a column of its own) and who found the given candidate are left out, and of the space all but what its
 * own hash holds.
 */
export function experimentHash(experiment: Experiment): string {
  const {
    name: _name,
    description: _description,
    use: _use,
    engine: _engine,
    space: _space,
    foundBy: _foundBy,
    ...rest
  } = experiment;
  return hashJson(rest);
}
