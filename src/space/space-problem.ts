import { UserError } from '../core/errors.js';
import { unknownName } from '../core/registry.js';
import type { Path } from '../core/schema-problem.js';
import type { Locate } from '../core/yaml-file.js';

export interface SpaceProblemDetails {
  readonly found?: string;
  readonly expected?: string;
  /** What to point at; the value where left out. */
  readonly target?: 'key' | 'value';
}

/** Throws a UserError `space` at a place of the definition. */
export type Fail = (path: Path, message: string, details?: SpaceProblemDetails) => never;

export function failAt(locate: Locate): Fail {
  return (path, message, { target = 'value', ...details } = {}) => {
    throw new UserError({ code: 'space', message, place: locate(path, target), ...details });
  };
}

/** Throws for a name that is not among the known ones, with the nearest spelling. */
export function failUnknown(
  fail: Fail,
  path: Path,
  kind: string,
  name: string,
  known: readonly string[],
  target: 'key' | 'value' = 'value',
): never {
  const { message, found, expected } = unknownName(kind, name.slice(0, 60), known);
  return fail(path, message, {
    target,
    ...(found === undefined ? {} : { found }),
    ...(known.length === 0 ? {} : { expected: expected! }),
  });
}
