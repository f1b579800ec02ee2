import { isScalar, LineCounter, parseDocument, type Alias, type Node } from 'yaml';
import type { z } from 'zod';
import { UserError, type Place, type UserErrorDetails } from './errors.js';
import { printable, renderPath } from './render-value.js';
import { findNode } from './yaml-nodes.js';
import { tooDeepAt } from './yaml-nesting.js';
import { DEEPEST, toPlain, TOO_DEEP } from './yaml-plain.js';
import { schemaProblem, type Path } from './schema-problem.js';

/** Finds the place of an entry: of its key or of its value. What does not exist has the place of what holds it. */
export type Locate = (path: Path, target?: 'key' | 'value') => Place;

export interface YamlDocument {
  /** Plain data: maps as objects with string keys, lists, strings, numbers, booleans and null. */
  readonly value: unknown;
  readonly locate: Locate;
}

/** Characters of text; more is not a file that a person wrote. */
const LARGEST_FILE = 1_000_000;
/**
 * Reads one YAML 1.2 document. Anchors and aliases are expanded; merge keys, tags beyond the core schema, several
 * documents, duplicate keys, and keys that are not plain text are refused.
 * @param file the name that errors carry.
 * @throws UserError `yaml` with file, line and column.
 */
export function parseYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fail = (offset: number, details: Omit<UserErrorDetails, 'code' | 'place'>): never => {
    throw new UserError({ code: 'yaml', place: placeAt(offset), ...details });
  };

  if (text.length > LARGEST_FILE) {
    fail(0, {
      message: 'the file is too large',
      found: `${text.length} characters`,
      expected: `at most ${LARGEST_FILE}`,
    });
  }
  checkCharacters(text, file);
  // A byte order mark would shift the columns of the first line.
  const clean = text.replace(/^\uFEFF/, '');
  const deep = tooDeepAt(clean, DEEPEST);
  if (deep !== undefined) {
    const before = clean.slice(0, deep).split('\n');
    const place = { file, line: before.length, column: before.at(-1)!.length + 1 };
    throw new UserError({ code: 'yaml', message: TOO_DEEP, place });
  }
  const document = parseDocument(clean, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const problem = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (problem !== undefined) fail(problem.pos[0], { message: syntaxMessage(problem.code, problem.message) });
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null && root.anchor === undefined)) {
    fail(0, { message: 'the file is empty', expected: 'a YAML map' });
  }

  const targets = new Map<Alias, Node>();
  const value = toPlain(root!, targets, fail);
  return {
    value,
    locate: (path, target = 'value') => {
      const offset = findNode(root!, path, target, targets);
      return { ...placeAt(offset), ...(path.length === 0 ? {} : { path: renderPath(path) }) };
    },
  };
}

/**
 * Checks a document, or the part of it under `root`, against a schema.
 * @throws UserError `schema` with line, column, dotted path, what was found and what was expected.
 */
export function parseWith<T>(schema: z.ZodType<T>, document: YamlDocument, root: Path = []): T {
  let value = document.value;
  for (const key of root) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined;
  }
  return checkWith(schema, value, (path, target) => document.locate([...root, ...path], target));
}

/** As {@link parseWith}, for a value that came from elsewhere: errors carry the path and what `locate` adds. */
export function checkWith<T>(
  schema: z.ZodType<T>,
  value: unknown,
  locate: Locate = (path) => ({ path: renderPath(path) }),
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problem = schemaProblem(schema, value, result.error.issues);
  if (problem === undefined) throw result.error;
  const { path, target, message, found, expected } = problem;
  throw new UserError({
    code: 'schema',
    message,
    place: locate(path, target),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  });
}

function checkCharacters(text: string, file: string): void {
  // eslint-disable-next-line no-control-regex -- YAML allows no control characters but tab and line ends
  const match = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.exec(text);
  if (match === null) return;
  const before = text.slice(0, match.index).split('\n');
  throw new UserError({
    code: 'yaml',
    message: 'the file is not UTF-8 text',
    place: { file, line: before.length, column: before.at(-1)!.length + 1 },
    found: `the character U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  });
}

function syntaxMessage(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'the key appears twice in one map';
    case 'MULTIPLE_DOCS':
      return 'more than one YAML document in the file';
    case 'RESOURCE_EXHAUSTION':
      return TOO_DEEP;
    default:
      return printable(message.split('\n')[0]!.replace(/\.$/, '')).replace(/^[A-Z](?=[a-z])/, (first) =>
        first.toLowerCase(),
      );
  }
}
