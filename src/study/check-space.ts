import { parseCandidate } from '../candidate/parse-candidate.js';
import { stream } from '../core/random.js';
import { UserError } from '../core/errors.js';
import { renderPath } from '../core/render-value.js';
import { child } from '../core/schema-keys.js';
import type { Registries } from '../plugins/registries.js';
import type { Head } from '../problem/head.js';
import { sourceOf } from '../space/source-of.js';
import type { Assignment, Space } from '../space/space.js';
import { checkCandidate } from '../trial/check-candidate.js';
import type { SpaceSource } from './find-space.js';
import { culprit } from './located-candidate.js';

/** Candidates drawn to see that a space yields losses that exist and serve the task. */
const CHECKED_CANDIDATES = 64;

/**
 * @throws UserError `candidate` at the entry of the space that yields a loss that does not exist or does not serve the
 *   task
 */
export function checkSpace(
  space: Space,
  source: SpaceSource,
  heads: readonly Head[],
  registries: Registries,
): void {
  const random = stream('check-space', space.hash);
  const drawn = Array.from({ length: CHECKED_CANDIDATES }, () =>
    Array.from({ length: space.dimensions }, () => random.uniform()),
  );
  // The ends of every range first: what they are is written in the file.
  for (const unit of [...ends(space.dimensions), ...drawn]) {
    const assignment = space.decode(unit);
    const candidate: unknown = space.build(assignment);
    try {
      checkCandidate(parseCandidate(candidate), heads, registries);
    } catch (error) {
      throw error instanceof UserError ? atSource(error, source, assignment, candidate) : error;
    }
  }
}

/** The error at the entry that gives the value; where that is a parameter, the message says what it is for. */
function atSource(
  error: UserError,
  { definition, locate }: SpaceSource,
  assignment: Assignment,
  candidate: unknown,
): UserError {
  const { path, target } = culprit(candidate, error);
  const found = sourceOf(definition, assignment, { path, target }, path.reduce<unknown>(child, candidate));
  if (!found.isParameter) return error.movedTo(locate(found.path, target));
  return new UserError({
    code: error.code,
    message: `${renderPath(path)}: ${error.message}`,
    place: locate(found.path, found.path.length > 2 ? 'value' : 'key'),
    ...(error.found === undefined ? {} : { found: error.found }),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
  });
}

/** The points in the middle of all ranges but one, which is at its low or high end. */
function ends(dimensions: number): readonly (readonly number[])[] {
  return Array.from({ length: dimensions }).flatMap((_, moved) =>
    [0, 1].map((end) => Array.from({ length: dimensions }, (_other, index) => (index === moved ? end : 0.5))),
  );
}
