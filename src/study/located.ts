import { UserError, type Place } from '../core/errors.js';
import type { Path } from '../core/schema-problem.js';
import type { YamlDocument } from '../core/yaml-file.js';

/** Runs a check and adds the place to the UserError that it may throw; what the error knows already wins. */
export function located<Result>(place: Place, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw error instanceof UserError ? error.at(place) : error;
  }
}

/** As {@link located}, at a choice of the file; an error that knows the option to blame says so as its path. */
export function locatedOption<Result>(document: YamlDocument, choice: Path, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw error instanceof UserError ? atOption(error, document, choice) : error;
  }
}

/** An error of a member that the file chooses, at the option to blame where it knows one as its path. */
export function atOption(error: UserError, document: YamlDocument, choice: Path): UserError {
  const { file, path: option } = error.place;
  if (file !== undefined) return error;
  return error.movedTo(document.locate(option === undefined ? choice : [...choice, option]));
}
