import { UserError } from '../core/errors.js';
import { PARTS } from '../problem/part.js';

/** @throws UserError `data` when the rarest class of made-up data cannot have a sample in each part. */
export function requireRarestClass(counts: readonly number[]): void {
  const rarest = Math.min(...counts);
  if (rarest >= PARTS.length) return;
  throw new UserError({
    code: 'data',
    message: 'the rarest class has too few samples',
    place: { path: 'imbalance' },
    found: String(rarest),
    expected: `at least ${PARTS.length}: a larger "size" or a smaller "imbalance"`,
  });
}
