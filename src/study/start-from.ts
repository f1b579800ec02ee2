import type { Observation } from '../search/sampler.js';
import type { Assignment } from '../space/space.js';

/** A finished trial of an earlier study. */
export interface PriorTrial {
  readonly assignment: Assignment;
  /** To be minimised; null for a failure: JSON has no infinity. */
  readonly value: number | null;
  /** See `Observation`. */
  readonly curve: readonly (number | null)[];
}

/**
 * What a search knows from an earlier study. All of it is here: the other study may change or go, and neither this one nor
 * its resumption asks for it again.
 */
export interface StartFrom {
  /** Where it comes from, for people. */
  readonly origin: {
    readonly study: string;
    readonly experimentHash: string;
    readonly splitHash: string;
    readonly seed: number;
    readonly metric: string;
    /** Settled trials of its search and of its random search, in the present space or not. */
    readonly trials: number;
  };
  /** Its best points in the present space, best first: tried first. */
  readonly enqueue: readonly Assignment[];
  /** All its settled trials in the present space, in the order of that study. */
  readonly trials: readonly PriorTrial[];
}

/** What the sampler is told of the earlier trials: numbered by themselves, values as they were. */
export function priorObservations({ trials }: StartFrom): readonly Observation[] {
  const number = (value: number | null): number => value ?? Number.POSITIVE_INFINITY;
  return trials.map(({ assignment, value, curve }, trial) => ({
    ...{ trial, wave: 0, assignment },
    value: number(value),
    curve: curve.map(number),
  }));
}

/** In a sentence or two, for the report. */
export function startFromText({ origin, enqueue, trials }: StartFrom, splitHash: string): string {
  const split = origin.splitHash === splitHash ? 'the same split' : `another split, ${origin.splitHash}`;
  return (
    `The search was warm-started from the study "${origin.study}" (experiment ${origin.experimentHash}, seed ${origin.seed}, ` +
    `${origin.metric} on ${split}): ${trials.length} of its ${origin.trials} trials lie in this space and were known to the ` +
    `sampler; the best ${enqueue.length} of them were tried first. Random search knew nothing of them.`
  );
}
