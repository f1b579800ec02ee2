import { UserError } from '../../src/core/errors.js';
import type { AnySampler } from '../../src/search/sampler.js';
import type { Space } from '../../src/space/space.js';

/** How far a sampler takes part. */
export interface Participation {
  readonly bbob: {
    /** Most evaluations for each dimension, by the number of dimensions; none where absent. */
    readonly perDimension: Readonly<Record<number, number>>;
    /** Instances of each function: the first ones. */
    readonly instances: number;
  };
  /** Tables and landscapes: seeds of 100 trials each; 0: it takes no part. */
  readonly seeds: number;
  /** False: on landscapes whole trainings alone, because short ones are several hundred trials. */
  readonly shortTrainings?: false;
}

const WHOLE = { instances: 15 };
const FULL: Participation = {
  bbob: { ...WHOLE, perDimension: { 5: 1000, 10: 1000, 20: 1000 } },
  seeds: 50,
};

/**
 * They change values during a training. Tables and functions have no training, and no recorded curve tells how one goes
 * on under other values: only what they cost is measured.
 */
const CHANGING: Participation = { bbob: { ...WHOLE, perDimension: {} }, seeds: 0 };

/** Of a sampler that the table does not know: it may take long. */
const OTHERS: Participation = {
  bbob: { ...WHOLE, perDimension: { 5: 100, 10: 100, 20: 50 } },
  seeds: 50,
};

const TABLE: Readonly<Record<string, Participation>> = {
  random: FULL,
  // The first corner of a lattice says nothing in a box.
  grid: { ...FULL, bbob: { ...WHOLE, perDimension: {} } },
  sobol: FULL,
  'cma-es': FULL,
  nes: FULL,
  'differential-evolution': FULL,
  dehb: FULL,
  'regularized-evolution': FULL,
  'nsga-ii': FULL,
  'population-based-training': CHANGING,
  'persistent-es': CHANGING,
  'look-ahead': CHANGING,
  tpe: FULL,
  bohb: FULL,
  /** Decision 13. */
  'gaussian-process': {
    bbob: { ...WHOLE, perDimension: { 5: 20, 10: 10, 20: 5 } },
    seeds: 10,
    shortTrainings: false,
  },
};

export const participationOf = (sampler: string): Participation =>
  Object.hasOwn(TABLE, sampler) ? TABLE[sampler]! : OTHERS;

/** Evaluations that a sampler has in `d` dimensions; 0 where it takes no part. */
export function evaluationsIn(d: number, { bbob }: Participation): number {
  return (bbob.perDimension[d] ?? 0) * d;
}

/** The default options of a sampler where it has them and works on the space with them; else undefined. */
export function optionsFor(sampler: AnySampler, space: Space): { readonly value: unknown } | undefined {
  const options = sampler.schema.safeParse({});
  if (!options.success) return undefined;
  try {
    sampler.check(space, options.data as never);
    return { value: options.data };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
