import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import { checkWith, parseWith, parseYaml } from '../../src/core/yaml-file.js';
import { mutateText } from '../support/mutate-text.js';

const schema = z.strictObject({
  name: z.string().regex(/^[a-z-]+$/, 'a name is kebab-case'),
  seed: z.int().min(0),
  rate: z.union([z.number().positive(), z.strictObject({ low: z.number(), high: z.number() })]).optional(),
  budget: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('trials'), count: z.int().positive() }),
      z.strictObject({ kind: z.literal('time'), minutes: z.number() }),
    ])
    .optional(),
  parameters: z.record(z.string().regex(/^[a-z]+$/), z.array(z.number())).default({}),
  mode: z.enum(['fast', 'slow']).default('fast'),
});

/** The one line that a user sees. */
function errorOf(text: string): string {
  try {
    parseWith(schema, parseYaml(text, 'file.yaml'));
  } catch (error) {
    if (error instanceof UserError) return renderUserError(error);
    throw error;
  }
  return 'no error';
}

describe('parseYaml', () => {
  it.each([
    ['', 'file.yaml:1:1: the file is empty (expected a YAML map)'],
    ['# only a comment\n', 'file.yaml:1:1: the file is empty (expected a YAML map)'],
    ['a: 1\na: 2\n', 'file.yaml:2:1: the key appears twice in one map'],
    ['1: a\n"1": b\n', 'file.yaml:2:1: the key appears twice in one map (found "1")'],
    ['a: !foo 1\n', 'file.yaml:1:4: unresolved tag: !foo'],
    [
      'a: !!binary aGVsbG8=\n',
      'file.yaml:1:13: unknown tag (found tag:yaml.org,2002:binary, expected no tag)',
    ],
    ['a: *x\n', 'file.yaml:1:4: no anchor "&x" before this alias'],
    ['a: &x\n  b: *x\n', 'file.yaml:2:6: the alias refers to a map or list that holds it'],
    ['a: &x {b: 1}\nc:\n  <<: *x\n', 'file.yaml:3:3: merge keys (<<) are not supported; write the keys out'],
    ['a: 1\n---\nb: 2\n', 'file.yaml:2:1: more than one YAML document in the file'],
    ['\tb: 1\n', 'file.yaml:1:1: tabs are not allowed as indentation'],
    ['a: 1\nb: "x\n', 'file.yaml:3:1: missing closing "quote'],
    ['a: \u0000\n', 'file.yaml:1:4: the file is not UTF-8 text (found the character U+0000)'],
    ['a: 1\nb: \ufffd\n', 'file.yaml:2:4: the file is not UTF-8 text (found the character U+FFFD)'],
    ['__proto__: {a: 1}\n', 'file.yaml:1:1: the key "__proto__" is not allowed'],
    ['a:\n  ? [1, 2]\n  : 3\n', 'file.yaml:2:5: a key must be plain text (found something else)'],
    ['a:\n  : 3\n', 'file.yaml:2:3: a key must be plain text (found no key)'],
    [`a: ${'['.repeat(65)}${']'.repeat(65)}\n`, 'file.yaml:1:68: nested deeper than 64 levels'],
    ['%YAML 3.0\n---\na: 1\n', 'file.yaml:1:7: unsupported YAML version 3.0'],
  ])('refuses %j in one line with its place', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it('stops alias bombs and bottomless nesting quickly', () => {
    const bomb = ['a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (let level = 1; level < 12; level++) {
      bomb.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    expect(errorOf(bomb.join('\n'))).toContain('too many entries after the aliases are expanded');
    expect(errorOf('['.repeat(50_000))).toContain('nested deeper than 64 levels');
    expect(errorOf('{a: '.repeat(50_000))).toContain('nested deeper than 64 levels');
    expect(errorOf('- '.repeat(50_000))).toContain('nested deeper than 64 levels');
    expect(errorOf('? '.repeat(50_000))).toMatch(/^file.yaml:\d+:\d+: /);
    expect(errorOf(`a: ${'x'.repeat(1_000_001)}`)).toContain('the file is too large');
  });

  it('expands aliases, also of anchors that are set anew, into equal plain data', () => {
    const { value } = parseYaml('a: &x {b: [1, two]}\nc: *x\nd: &x 3\ne: *x\n', 'f');
    expect(value).toEqual({ a: { b: [1, 'two'] }, c: { b: [1, 'two'] }, d: 3, e: 3 });
  });

  it.each([
    ['a byte order mark', '\ufeffa: 1\nb: [x]\n'],
    ['Windows line ends', 'a: 1\r\nb: [x]\r\n'],
  ])('reads a file with %s and keeps its places', (_, text) => {
    const document = parseYaml(text, 'f');
    expect(document.value).toEqual({ a: 1, b: ['x'] });
    expect(document.locate(['a'])).toEqual({ file: 'f', line: 1, column: 4, path: 'a' });
    expect(document.locate(['b', 0])).toEqual({ file: 'f', line: 2, column: 5, path: 'b.0' });
  });

  it('locates keys and values, also through aliases, and what is missing at what should hold it', () => {
    const { locate } = parseYaml('top: &t\n  list:\n    - {x: 1}\nagain: *t\n12: null\n', 'f');
    const at = (...args: Parameters<typeof locate>): string => {
      const { line, column } = locate(...args);
      return `${line}:${column}`;
    };
    expect(at([])).toBe('1:1');
    expect(at(['top', 'list', 0, 'x'])).toBe('3:11');
    expect(at(['top', 'list', 0, 'x'], 'key')).toBe('3:8');
    expect(at(['again', 'list', 0, 'x'])).toBe('3:11');
    expect(at(['12'])).toBe('5:5');
    expect(at(['top', 'missing'], 'key')).toBe('1:1');
    expect(at(['top', 'list', 7])).toBe('2:3');
  });
});

describe('parseWith', () => {
  const base = 'name: a-b\nseed: 1\n';

  it.each([
    [
      'name: a-b\nsed: 1\n',
      'file.yaml:2:1: sed: unknown key; did you mean "seed"? (found "sed", expected one of name, seed, rate, budget, parameters, mode)',
    ],
    ['name: a-b\n', 'file.yaml:1:1: seed: the key "seed" is missing (expected a number)'],
    ['name: A B\nseed: 1\n', 'file.yaml:1:7: name: a name is kebab-case (found "A B")'],
    ['name: a-b\nseed: -1\n', 'file.yaml:2:7: seed: invalid value (found -1, expected a number, at least 0)'],
    ['name: a-b\nseed: 1.5\n', 'file.yaml:2:7: seed: wrong type (found 1.5, expected a whole number)'],
    ['name: a-b\nseed: .nan\n', 'file.yaml:2:7: seed: wrong type (found .nan, expected a number)'],
    ['name: a-b\nseed: null\n', 'file.yaml:2:7: seed: wrong type (found null, expected a number)'],
    [`${base}rate: fast\n`, 'file.yaml:3:7: rate: wrong type (found "fast", expected a number or a map)'],
    [`${base}rate: -1\n`, 'file.yaml:3:7: rate: invalid value (found -1, expected a number, more than 0)'],
    [
      `${base}rate: {low: 1, hihg: 2}\n`,
      'file.yaml:3:16: rate.hihg: unknown key; did you mean "high"? (found "hihg", expected one of low, high)',
    ],
    [`${base}rate: {low: 1}\n`, 'file.yaml:3:1: rate.high: the key "high" is missing (expected a number)'],
    [
      `${base}rate: {low: 1, high: x}\n`,
      'file.yaml:3:22: rate.high: wrong type (found "x", expected a number)',
    ],
    [
      `${base}budget: {kind: trails}\n`,
      'file.yaml:3:16: budget.kind: invalid value (found "trails", expected one of trials, time)',
    ],
    [
      `${base}budget: {count: 3}\n`,
      'file.yaml:3:1: budget.kind: the key "kind" is missing (expected one of trials, time)',
    ],
    [
      `${base}budget: {kind: time, minuts: 3}\n`,
      'file.yaml:3:22: budget.minuts: unknown key; did you mean "minutes"? (found "minuts", expected one of kind, minutes)',
    ],
    [`${base}parameters: {A: [1]}\n`, 'file.yaml:3:14: parameters.A: invalid key (found "A")'],
    [
      `${base}parameters:\n  a:\n    - 1\n    - two\n`,
      'file.yaml:6:7: parameters.a.1: wrong type (found "two", expected a number)',
    ],
    [
      `${base}mode: medium\n`,
      'file.yaml:3:7: mode: invalid value (found "medium", expected one of fast, slow)',
    ],
    ['- 1\n- 2\n', 'file.yaml:1:1: wrong type (found a list of 2, expected a map)'],
    [
      `${base}constructor: 1\n`,
      'file.yaml:3:1: constructor: unknown key (found "constructor", expected one of name, seed, rate, budget, parameters, mode)',
    ],
    [`name: "\\e[31m"\nseed: 1\n`, 'file.yaml:1:7: name: a name is kebab-case (found "\ufffd[31m")'],
  ])('explains %j', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it('returns the parsed value with defaults', () => {
    expect(parseWith(schema, parseYaml(`${base}rate: {low: 1, high: 2}\n`, 'f'))).toEqual({
      name: 'a-b',
      seed: 1,
      rate: { low: 1, high: 2 },
      parameters: {},
      mode: 'fast',
    });
  });

  it('checks a part of a document and keeps the whole path', () => {
    const document = parseYaml('outer:\n  inner: {low: 1}\n', 'f');
    const range = z.strictObject({ low: z.string() });
    expect(() => parseWith(range, document, ['outer', 'inner'])).toThrow(
      expect.objectContaining({
        code: 'schema',
        place: { file: 'f', line: 2, column: 16, path: 'outer.inner.low' },
      }),
    );
  });

  it('checks values that came from no file, with the path alone', () => {
    expect(() => checkWith(schema, { name: 'a', seed: 1, mode: 3 })).toThrow(
      expect.objectContaining({ code: 'schema', place: { path: 'mode' }, found: '3' }),
    );
  });

  it('answers 400 broken files with a value or one short line that has a place', () => {
    const text =
      'name: a-b\nseed: 42\nrate: {low: 1, high: 2.5}\nbudget:\n  kind: trials\n  count: 3\nparameters:\n  a: [1, 2]\n  b: &x [3]\n  c: *x\nmode: slow\n';
    let refused = 0;
    for (let run = 0; run < 400; run++) {
      const line = errorOf(mutateText(text, stream('yaml-fuzz', run)));
      if (line === 'no error') continue;
      refused++;
      expect(line).toMatch(/^file\.yaml:\d+:\d+: /);
      // eslint-disable-next-line no-control-regex -- nothing may reach the terminal but text
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(line.length).toBeLessThan(400);
    }
    expect(refused).toBeGreaterThan(200);
  });
});
