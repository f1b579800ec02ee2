import { UserError } from '../core/errors.js';
import type { Bracket } from './policy.js';

/**
 * Largest s with minimum·eta^s ≤ full: how often a bracket can cut. An integer loop: the logarithm is off by one
 * for exact powers (9^5, 10^3 in V8).
 * @throws UserError `unsupported`, at the option `minimum`, where even a training of it is longer than `full`.
 */
export function halvings(full: number, minimum: number, eta: number): number {
  if (minimum > full) {
    throw new UserError({
      code: 'unsupported',
      message: 'the minimum fidelity is more than a whole training',
      place: { path: 'minimum' },
      found: `minimum ${minimum}`,
      expected: `at most ${full} evaluations`,
    });
  }
  let s = 0;
  for (let reached = minimum * eta; reached <= full; reached *= eta) s++;
  return s;
}

/** base^exponent by multiplication: `**` may round. */
export function integerPower(base: number, exponent: number): number {
  let power = 1;
  for (let count = 0; count < exponent; count++) power *= base;
  return power;
}

/**
 * One bracket of successive halving: rung i has ⌊n/eta^i⌋ trials at fidelity ⌊full/eta^(s − i)⌋.
 * @param trials n ≥ eta^s, the trials of the first rung.
 * @param cuts s, the number of cuts; eta^s ≤ full.
 */
export function halvingBracket(trials: number, cuts: number, eta: number, full: number): Bracket {
  return {
    rungs: Array.from({ length: cuts + 1 }, (_, rung) => ({
      trials: Math.floor(trials / integerPower(eta, rung)),
      fidelity: Math.floor(full / integerPower(eta, cuts - rung)),
    })),
  };
}
