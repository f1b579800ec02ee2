import type { z } from 'zod';
import { UserError, type Place, type UserErrorCode } from '../core/errors.js';
import { printable } from '../core/render-value.js';
import { issueWording } from '../core/schema-problem.js';

/** `a.b.2` from the parts of a path; parts that are empty vanish. */
export function joinPath(...parts: readonly (PropertyKey | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map(String)
    .join('.');
}

/**
 * The first issue of a failed zod parse as a {@link UserError}: its path is appended to the path of the place.
 *
 * @param input the value that was parsed; what stands at the path of the issue is shown as found.
 */
export function issueError(error: z.ZodError, code: UserErrorCode, place: Place, input: unknown): UserError {
  const issue = error.issues[0];
  if (issue === undefined) return new UserError({ code, message: 'invalid value', place });
  const path = joinPath(place.path, ...issue.path);
  const found = shorten(valueAt(input, issue.path));
  const { message, expected } = wording(issue, found !== undefined);
  return new UserError({
    code,
    message: lowerFirst(message),
    place: path === '' ? place : { ...place, path },
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  });
}

function wording(issue: z.core.$ZodIssue, isThere: boolean): ReturnType<typeof issueWording> {
  // The parser's own words name the key.
  if (issue.code === 'unrecognized_keys') return { message: issue.message };
  const words = issueWording(issue);
  const key = issue.path.at(-1);
  // An expectation says that the schema has no words of its own.
  if (isThere || words.expected === undefined || key === undefined) return words;
  return { ...words, message: `the key "${printable(String(key))}" is missing` };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

const LONGEST = 80;

function shorten(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'object' && value !== null ? jsonText(value) : scalarText(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** JSON has no text for functions, symbols and big integers, and writes NaN as null. */
function scalarText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'function' ? 'a function' : String(value);
}

function jsonText(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'a value that has no JSON';
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
