import { entryPath } from '../core/entry-path.js';
import { UserError } from '../core/errors.js';
import { child } from '../core/schema-keys.js';
import type { Path } from '../core/schema-problem.js';
import type { Locate } from '../core/yaml-file.js';

/**
 * Runs a check of a candidate; the error that it may throw, which knows the path inside the candidate, gets the place in
 * the text that the candidate comes from.
 * @param locate by paths inside the candidate
 */
export function locatedCandidate<Result>(candidate: unknown, locate: Locate, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof UserError) || error.place.file !== undefined) throw error;
    const { path, target } = culprit(candidate, error);
    throw error.movedTo(locate(path, target));
  }
}

/** The entry of a candidate that an error speaks of; of a key that should not be there, the key. */
export function culprit(
  candidate: unknown,
  error: UserError,
): { readonly path: Path; readonly target: 'key' | 'value' } {
  const path = entryPath(candidate, error.place.path ?? '');
  const key = path.at(-1);
  const isKey = error.found === JSON.stringify(key) && path.reduce<unknown>(child, candidate) !== key;
  return { path, target: isKey ? 'key' : 'value' };
}
