import type { z } from 'zod';
import { unknownName } from './registry.js';
import { alternatives, printable, renderValue } from './render-value.js';
import { child, keysAt } from './schema-keys.js';

export type Path = readonly (string | number)[];

/** The one thing wrong with a value that a user should mend first. */
export interface SchemaProblem {
  readonly path: Path;
  /** What to point at: the key itself, or the value under it. */
  readonly target: 'key' | 'value';
  readonly kind: 'unknown-key' | 'value' | 'missing';
  readonly message: string;
  readonly found?: string;
  readonly expected?: string;
}

/**
 * The most telling of the issues of a failed parse, or undefined where there is none. A key that is not known comes
 * first (it often explains a key that is missing), then wrong values, then missing keys. Of a union the branch counts
 * that is nearest to what was written.
 */
export function schemaProblem(
  schema: z.core.$ZodType,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): SchemaProblem | undefined {
  const order = ['unknown-key', 'value', 'missing'];
  const problems = issues.flatMap((issue) => describe({ schema, value }, issue, []));
  return problems.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0];
}

interface Root {
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
}

function describe(root: Root, issue: z.core.$ZodIssue, base: Path): SchemaProblem[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const found = path.reduce(child, root.value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(root, path, key));
    case 'invalid_union': {
      if (issue.errors.length === 0) break;
      return nearest(
        issue.errors.map((branch) => branch.flatMap((one) => describe(root, one, path))),
        path,
      );
    }
    case 'invalid_key': {
      const reason = issue.issues[0];
      return [
        {
          path,
          target: 'key',
          kind: 'value',
          message: reason !== undefined && isOwnMessage(reason.message) ? reason.message : 'invalid key',
          found: renderValue(path.at(-1)),
        },
      ];
    }
    default:
  }
  if (found === undefined && path.length > 0) {
    return [
      {
        path,
        target: 'key',
        kind: 'missing',
        message: `the key "${printable(String(path.at(-1)))}" is missing`,
        expected: expectation(issue),
      },
    ];
  }
  return [{ path, target: 'value', kind: 'value', ...issueWording(issue), found: renderValue(found) }];
}

/** What is wrong with a value that is there, in the words of the schema where it has its own. */
export function issueWording(issue: z.core.$ZodIssue): {
  readonly message: string;
  readonly expected?: string;
} {
  const ownExpectation = /^Expected (.*)$/.exec(issue.message)?.[1];
  if (ownExpectation === undefined && (issue.code === 'custom' || isOwnMessage(issue.message))) {
    return { message: issue.message };
  }
  return {
    message: issue.code === 'invalid_type' ? 'wrong type' : 'invalid value',
    expected: ownExpectation ?? expectation(issue),
  };
}

/**
 * zod's own messages begin with these; anything else was written for this place in the schema. One that begins with
 * "Expected" says what is expected, any other what is wrong.
 */
function isOwnMessage(message: string): boolean {
  return !/^(Invalid|Too (big|small)|Unrecognized)/.test(message);
}

function unknownKey({ schema, value }: Root, path: Path, key: string): SchemaProblem {
  const known = keysAt(schema, value, path);
  const error = unknownName('key', printable(key), known);
  return {
    path: [...path, key],
    target: 'key',
    kind: 'unknown-key',
    message: error.message,
    found: renderValue(key),
    ...(known.length === 0 ? {} : { expected: `one of ${known.join(', ')}` }),
  };
}

/** The problems of the branch that fits best; where none comes near, one problem that names what all expect. */
function nearest(branches: readonly (readonly SchemaProblem[])[], path: Path): SchemaProblem[] {
  // 2: the value as a whole has the wrong type or is the wrong literal; 1: a literal key one level down differs.
  const distance = (problem: SchemaProblem): number => {
    if (problem.kind === 'unknown-key') return 0;
    if (problem.path.length === path.length) return 2;
    const literal = problem.expected?.startsWith('one of') === true || problem.expected?.startsWith('"');
    return problem.path.length === path.length + 1 && literal === true ? 1 : 0;
  };
  const ranked = branches
    .map((problems) => ({ problems, rank: Math.max(0, ...problems.map(distance)) }))
    .sort((a, b) => a.rank - b.rank || a.problems.length - b.problems.length);
  const best = ranked[0];
  if (best === undefined) return [];
  if (best.rank < 2) return [...best.problems];
  const whole = ranked.flatMap(({ problems }) => problems.filter((one) => one.path.length === path.length));
  const expected = alternatives(whole.flatMap((one) => one.expected ?? []));
  return [{ ...whole[0]!, ...(expected === '' ? {} : { expected }) }];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  map: 'a map',
  number: 'a number',
  object: 'a map',
  record: 'a map',
  string: 'text',
  tuple: 'a list',
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? renderValue(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `one of ${issue.options.map(String).join(', ')}`
        : 'another form';
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return issue.pattern === undefined ? issue.format : `text that matches ${issue.pattern}`;
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'another value';
  }
}

function bound(origin: string, comparison: string, limit: number | bigint): string {
  switch (origin) {
    case 'array':
      return `${comparison} ${limit} items`;
    case 'string':
      return `${comparison} ${limit} characters`;
    default:
      return origin === 'int' ? `a whole number, ${comparison} ${limit}` : `a number, ${comparison} ${limit}`;
  }
}
