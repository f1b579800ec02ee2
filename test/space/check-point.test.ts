import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { belongsTo } from '../../src/expressions/language.js';
import { languageProblem } from '../../src/expressions/language-problem.js';
import { parseExpression } from '../../src/expressions/parse-expression.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import { stream } from '../../src/core/random.js';
import { checkPoint } from '../../src/space/check-point.js';
import { completePoint } from '../../src/space/complete-point.js';
import { createSpace } from '../../src/space/create-space.js';
import { failAt } from '../../src/space/space-problem.js';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { anyExpression } from '../expressions/arbitrary-expression.js';

const space = createSpace({
  name: 'all-kinds',
  parameters: {
    family: { type: 'categorical', choices: ['a', 'b'] },
    rate: { type: 'float', low: 0.001, high: 1, log: true },
    tenth: { type: 'float', low: 0, high: 1, step: 0.1 },
    terms: { type: 'int', low: 1, high: 100, log: true },
    even: { type: 'int', low: 2, high: 40, step: 2 },
    inside: { type: 'float', low: 0, high: 1, when: { family: 'b' } },
    mix: { type: 'simplex', parts: ['p', 'q', 'r'] },
  },
  candidate: {
    loss: {
      name: 'x',
      parameters: {
        a: ['$family', '$rate', '$tenth', '$terms', '$even', '$mix.p', '$mix.q', '$mix.r'],
        b: { $switch: 'family', cases: { a: 0, b: '$inside' } },
      },
    },
  },
});

const check = (point: Record<string, unknown>): object =>
  checkPoint(
    space,
    point,
    failAt((path) => ({ path: path.join('.') })),
  );

function problem(point: Record<string, unknown>): string {
  try {
    check(point);
  } catch (error) {
    if (error instanceof UserError) return renderUserError(error);
    throw error;
  }
  return 'none';
}

describe('a point given by hand', () => {
  it('is taken as it is where the space has it: every decoded point', () => {
    const random = stream('check point');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), () => {
        const point = space.decode(Array.from({ length: space.dimensions }, () => random.uniform()));
        expect(check(point)).toEqual(point);
      }),
      { numRuns: 200 },
    );
    for (const end of [0, 1]) {
      const point = space.decode(new Array<number>(space.dimensions).fill(end));
      expect(check(point)).toEqual(point);
    }
  });

  it('may leave entries out, and comes in the order of the space', () => {
    expect(check({})).toEqual({});
    expect(Object.keys(check({ even: 4, inside: 0.5, family: 'b' }))).toEqual(['family', 'even', 'inside']);
    // Between the digits that the space would draw.
    expect(check({ rate: 0.123456789123 })).toEqual({ rate: 0.123456789123 });
    expect(check({ tenth: 0.30000000000000004 })).toEqual({ tenth: 0.3 });
  });

  it.each([
    [{ famly: 'a' }, /famly: unknown entry of the space; did you mean "family"/],
    [{ family: 'c' }, /family: "family" never has this value \(found "c", expected one of "a", "b"\)/],
    [{ rate: 2 }, /rate: .*found 2, expected a number in 0.001 … 1/],
    [{ rate: '0.5' }, /rate: .*found "0.5"/],
    [{ tenth: 0.25 }, /tenth: .*expected one of 0, 0.1, 0.2/],
    [{ terms: 2.5 }, /terms: .*expected a whole number in 1 … 100/],
    [{ even: 3 }, /even: .*expected one of 2, 4, …, 40/],
    [
      { inside: 0.5 },
      /inside: "inside" is not active here \(found no value of "family", expected family: "b"\)/,
    ],
    [{ family: 'a', inside: 0.5 }, /inside: .*found family: "a", expected family: "b"/],
    [{ mix: [0.5, 0.5] }, /mix: .*found a list of 2, expected a list of 3 weights/],
    [{ mix: [0.5, 0.2, 0.2] }, /mix: .*with sum 1/],
    [{ mix: [1.5, -0.5, 0] }, /mix: .*with sum 1/],
  ])('is refused where the space does not: %j', (point, message) => {
    expect(problem(point)).toMatch(message);
  });
});

describe('a completed point', () => {
  it('keeps what is given and draws the rest as the space does', () => {
    const draws = Array.from({ length: 400 }, (_, index) =>
      completePoint(space, { tenth: 0.3 }, stream('complete', index)),
    );
    for (const point of draws) {
      expect(point['tenth']).toBe(0.3);
      expect(check(point)).toEqual(point);
      expect('inside' in point).toBe(point['family'] === 'b');
    }
    const inB = draws.filter(({ family }) => family === 'b').length;
    // 400 draws with probability 1/2: standard deviation 10.
    expect(Math.abs(inB - 200)).toBeLessThan(40);
    const below = draws.filter(({ rate }) => (rate as number) < Math.sqrt(0.001)).length;
    expect(Math.abs(below - 200)).toBeLessThan(40);
  });

  it('draws the other entries alike, whatever is given', () => {
    const one = completePoint(space, {}, stream('complete'));
    const two = completePoint(space, { tenth: 0.7, terms: 9 }, stream('complete'));
    expect({ ...two, tenth: one['tenth'], terms: one['terms'] }).toEqual(one);
  });
});

describe('a formula given by hand', () => {
  const formulas = createSpace({
    name: 'formulas',
    parameters: {
      f: {
        type: 'expression',
        variables: ['p', 't'],
        operators: ['add', 'mul', 'log'],
        constants: { low: -2, high: 2 },
        maxDepth: 3,
        maxSize: 7,
      },
      g: { type: 'expression', variables: ['p'], operators: ['add'], constants: false },
    },
    candidate: { loss: { name: 'x', options: { a: '$f', b: '$g' } } },
  });
  const refusal = (point: Record<string, unknown>): string => {
    try {
      return JSON.stringify(
        checkPoint(
          formulas,
          point,
          failAt((path) => ({ path: path.join('.') })),
        ),
      );
    } catch (error) {
      return renderUserError(error as UserError);
    }
  };

  it.each([
    [{ f: 't * log(p)' }, '{"f":"t * log(p)"}'],
    [{ f: 't * log(p' }, 'f: column 10 of the formula: something is missing (found the end, expected ")")'],
    [{ f: 't * log(r)' }, 'f: column 9 of the formula: unknown variable (found "r", expected one of p, t)'],
    [{ f: 't * exp(p)' }, 'f: the operator is not allowed here (found exp, expected one of add, mul, log)'],
    [
      { f: 't - log(p)' },
      'f: the operator is not allowed here (found sub (-), expected one of add, mul, log)',
    ],
    [{ f: 't * log(log(log(p)))' }, 'f: the formula is too deep (found 4 levels, expected at most 3)'],
    [{ f: '(t + p) * (p + t) + 1' }, 'f: the formula is too large (found 9 nodes, expected at most 7)'],
    [{ f: 'log(p)' }, 'f: the variable t does not occur (found log(p), expected each of p, t)'],
    [
      { f: 't * p + 1e9' },
      'f: the constant is not allowed here (found 1000000000, expected a number of at most 4 digits, between 1e-4 and 1e6 in size)',
    ],
    [{ g: 'p + 1' }, 'g: the constant is not allowed here (found 1, expected no constants)'],
  ])('%j: %s', (point, said) => {
    expect(refusal(point)).toBe(said);
  });

  it('that is no text is no formula', () => {
    expect(refusal({ f: 3 })).toBe(
      'f: "f" never has this value (found 3, expected a formula of p, t, at most 3 deep and 7 nodes large)',
    );
  });

  it('is refused exactly where the space does not have it', () => {
    const { language } = formulas.entries[0]!;
    fc.assert(
      fc.property(anyExpression, (tree) => {
        const text = printExpression(tree);
        expect(languageProblem(language!, text) === undefined).toBe(
          belongsTo(language!, parseExpression(text)),
        );
      }),
    );
  });
});
