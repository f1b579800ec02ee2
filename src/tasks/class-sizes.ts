import { UserError } from '../core/errors.js';
import { profile } from '../data/long-tail.js';
import { apportion } from '../data/split-parts.js';
import { PARTS } from '../problem/part.js';

/**
 * Samples of each class of made-up data: a long tail from the first class to the last.
 * @param imbalance samples of the first class for one of the last
 * @throws UserError `data` when the rarest class cannot have a sample in each part.
 */
export function classSizes(size: number, classes: number, imbalance: number): number[] {
  const sizes = apportion(size, profile(1_000_000, classes, imbalance));
  const rarest = Math.min(...sizes);
  if (rarest >= PARTS.length) return sizes;
  throw new UserError({
    code: 'data',
    message: 'the rarest class has too few samples',
    place: { path: 'imbalance' },
    found: String(rarest),
    expected: `at least ${PARTS.length}: a larger "size" or a smaller "imbalance"`,
  });
}
