import type { Vector } from './vector.js';

/** Probability that at least one of the entries departs from its favoured choice when all are at their margin. */
const DEPARTING = 0.27;

/**
 * Least probability of a choice of `count`, where `entries` are categorical: (1 − 0.73^(1/entries))/(count − 1), so that
 * even a distribution that has converged proposes another combination in about every fourth trial (CatCMA, section 4).
 */
export function leastProbability(count: number, entries: number): number {
  return (1 - (1 - DEPARTING) ** (1 / entries)) / (count - 1);
}

/**
 * Probabilities that sum to 1 and of which none is below `least` (at most 1/length): those below are raised to it, and
 * what that takes, or what a long step left over, comes from the others in proportion to what they have beyond it.
 * @param raw numbers that sum to 1; a long step makes some of them negative
 */
export function withLeast(raw: Vector, least: number): Vector {
  const beyond = raw.map((one) => Math.max(0, one - least));
  const sum = beyond.reduce((total, one) => total + one, 0);
  const spare = 1 - least * raw.length;
  return beyond.map((one) => least + (one / sum) * spare);
}
