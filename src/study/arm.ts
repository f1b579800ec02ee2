import type { Candidate } from '../candidate/candidate.js';
import type { AnyFidelityPolicy } from '../fidelity/policy.js';
import type { AnySampler, Observation } from '../search/sampler.js';
import type { Assignment, Space } from '../space/space.js';

/**
 * Whoever brings candidates into the search stage: the sampler under study and the controls, on equal terms
 * (same training, same fidelity policy, same seeds).
 */
export type Arm =
  | SampledArm
  /** Fixed candidates, each trained fully. */
  | { readonly kind: 'given'; readonly name: string; readonly candidate: Candidate };

/** An arm whose candidates a sampler proposes. */
export interface SampledArm {
  readonly kind: 'sampled';
  /** `search`, `random`, `plain`. */
  readonly name: string;
  readonly space: Space;
  readonly sampler: AnySampler;
  readonly samplerOptions: unknown;
  readonly policy: AnyFidelityPolicy;
  readonly policyOptions: unknown;
  readonly trials: number;
  readonly wave: number;
  /** Tried before the sampler proposes any; absent: none. */
  readonly enqueued?: readonly Assignment[];
  /** Trials of an earlier study that the sampler knows; absent: none. */
  readonly prior?: readonly Observation[];
}

/** The arm whose winner the verdict is about. */
export const SEARCH_ARM = 'search';
/** The control with the plain loss: what the verdict's claim is measured against. */
export const PLAIN_ARM = 'plain';
