import { UserError } from '../../core/errors.js';

/** The error for something wrong at a path inside a candidate. */
export function candidateError(path: string, message: string, found: string, expected: string): UserError {
  return new UserError({ code: 'candidate', message, place: { path }, found, expected });
}

/** @throws UserError `candidate` on the first key that is not among the known ones. */
export function checkKeys(value: object, known: readonly string[], path: string, what: string): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const expected = known.length === 0 ? 'none' : `one of ${known.join(', ')}`;
    throw candidateError(`${path}.${key}`, `unknown ${what}`, JSON.stringify(key), expected);
  }
}
