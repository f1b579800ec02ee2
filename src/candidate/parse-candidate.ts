import type { Place } from '../core/errors.js';
import type { Candidate } from './candidate.js';
import { candidateSchema } from './candidate-schema.js';
import { issueError } from './issue-error.js';

/**
 * Checks a value (parsed JSON or YAML) and returns it as a candidate.
 *
 * @param place where the value comes from; paths in messages go below `place.path`
 * @throws UserError `candidate` with the path of the first entry that is wrong
 */
export function parseCandidate(json: unknown, place: Place = {}): Candidate {
  const parsed = candidateSchema.safeParse(json);
  if (!parsed.success) throw issueError(parsed.error, 'candidate', place, json);
  return parsed.data;
}
