import { byNumber } from '../core/order.js';
import type { Observation } from './sampler.js';

/** True for a trial that was rejected, diverged or failed, or misses a constraint: its value is not a finite number. */
export function isFailure(observation: Observation): boolean {
  return !Number.isFinite(observation.value);
}

/**
 * How far a trial misses its constraints in all: the sum of its violations, 0 where it keeps them. +Infinity for a
 * trial that has no result.
 */
export function totalViolation({ value, violations }: Observation): number {
  if (violations === undefined || violations.length === 0) return Number.isFinite(value) ? 0 : Infinity;
  return violations.reduce((sum, violation) => sum + violation, 0);
}

/**
 * Compares two trials at the highest fidelity that both reached, smaller values first; failures come last, among them
 * those first that have a result and miss the constraints by less. Where the values tie there, the one that trained
 * longer comes first. Equal ranks compare as 0.
 *
 * Values of different fidelity say nothing about each other, and how long a trial trained says something only
 * within its own bracket: there the trials that went on are those that were better, and this comparison gives the
 * order "longer first, then by value". Between brackets it is the comparison of asynchronous successive halving,
 * whose rung holds everyone who passed it, whenever that was (Li et al., MLSys 2020, algorithm 2). A trial that
 * trained fully in a bracket that stops nobody thus earns no place before a better one that another bracket
 * stopped. Learning curves may cross, so over several brackets this is no order: the standings of `ranking.ts` make one.
 */
export function compareRank(a: Observation, b: Observation): number {
  const failedA = isFailure(a);
  const failedB = isFailure(b);
  if (failedA && failedB) return byNumber(totalViolation(a), totalViolation(b));
  if (failedA || failedB) return Number(failedA) - Number(failedB);
  const common = Math.min(a.curve.length, b.curve.length) - 1;
  return byNumber(a.curve[common]!, b.curve[common]!) || b.curve.length - a.curve.length;
}
