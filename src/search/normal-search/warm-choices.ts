import type { Observation } from '../sampler.js';
import { promising } from './promising.js';
import { choicesOf, type SearchCube } from './search-cube.js';
import type { Vector } from './vector.js';

/** Part of the probability that is spread evenly around each promising choice, as α is a width around numbers. */
const AROUND = 0.1;

/**
 * The start of the categories from earlier trials, as that of the numbers in WS-CMA-ES: the distributions nearest, by
 * Kullback-Leibler divergence, to narrow ones around the best tenth of the trials, which is their mean. Where an entry
 * was inactive in one of them, that one prefers no choice.
 * @returns undefined where no earlier trial has a value
 */
export function warmChoices(cube: SearchCube, prior: readonly Observation[]): readonly Vector[] | undefined {
  const chosen = promising(prior).map(({ assignment }) => choicesOf(cube, assignment));
  if (chosen.length === 0) return undefined;
  return cube.categories.map(({ count }, entry) =>
    Array.from({ length: count }, (_, choice) => {
      const sum = chosen.reduce((total, { [entry]: one }) => {
        if (one === undefined) return total + 1 / count;
        return total + AROUND / count + (one === choice ? 1 - AROUND : 0);
      }, 0);
      return sum / chosen.length;
    }),
  );
}
