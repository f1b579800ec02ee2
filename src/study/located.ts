import { UserError, type Place } from '../core/errors.js';

/** Runs a check and adds the place to the UserError that it may throw; what the error knows already wins. */
export function located<Result>(place: Place, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw error instanceof UserError ? error.at(place) : error;
  }
}
