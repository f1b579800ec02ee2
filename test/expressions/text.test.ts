import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from '../../src/expressions/expression-error.js';
import { evaluateExpression } from '../../src/expressions/evaluate-expression.js';
import { depthOf, sizeOf, variablesOf } from '../../src/expressions/expression.js';
import { parseExpression } from '../../src/expressions/parse-expression.js';
import { latexExpression } from '../../src/expressions/latex-expression.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import { anyExpression } from './arbitrary-expression.js';

const value = (text: string): number => evaluateExpression(parseExpression(text), { p: 0.25, t: 1, r: -2 });

describe('a formula as text', () => {
  it('is the same tree after printing and parsing', () => {
    fc.assert(
      fc.property(anyExpression, (tree) => {
        expect(parseExpression(printExpression(tree))).toEqual(tree);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('has no parentheses that could be left out', () => {
    fc.assert(
      fc.property(anyExpression, (tree) => {
        const text = printExpression(tree);
        for (const [start] of [...text].entries()) {
          // A function keeps its parentheses; -(2) and -2 are different trees.
          if (text[start] !== '(' || /[a-z]/.test(text[start - 1] ?? '')) continue;
          const end = closing(text, start);
          const bare = text.slice(0, start) + text.slice(start + 1, end) + text.slice(end + 1);
          expect(treeOrNothing(bare), `${text} and ${bare}`).not.toEqual(tree);
        }
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it.each([
    ['1 + 2 * 3 ^ 2', 19],
    ['(1 + 2) * 3', 9],
    ['8 - 3 - 2', 3],
    ['8 / 4 / 2', 1],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 * -p', -0.5],
    ['2^-1', 0.5],
    ['--p', 0.25],
    ['1.5e1 + .5', 15.5],
    ['min(p, max(t, r))', 0.25],
    ['  - ( t*log( p ) ) ', Math.log(4)],
    ['abs(r) + square(r) + sqrt(p)', 6.5],
    ['exp(0) + tanh(0)', 1],
  ])('means what it says: %s = %d', (text, expected) => {
    expect(value(text) / expected).toBeCloseTo(1, 12);
  });

  it.each([
    ['log(0)', Math.log(1e-7)],
    ['log(r)', Math.log(2)],
    ['1 / 0', 1e7],
    ['-1 / 0', -1e7],
    ['1 / (p - p - 1e-9)', -1e7],
    ['exp(1000)', Math.exp(20)],
    ['sqrt(-4)', 2],
    ['r^2', 4],
    ['0^-1', 1e7],
    ['0^-9', Math.exp(20)],
  ])('is protected: %s = %d', (text, expected) => {
    expect(value(text) / expected).toBeCloseTo(1, 12);
  });

  it.each([
    ['', 1, 'the end'],
    ['p +', 4, 'the end'],
    ['log(p', 6, 'the end'],
    ['foo(p)', 1, '"foo"'],
    ['p * q', 5, '"q"'],
    ['log p', 5, '"p"'],
    ['p t', 3, '"t"'],
    ['max(p)', 1, '1 operands'],
    ['p $ t', 3, '"$"'],
    ['p + 1e999', 5, '1e999'],
    ['p)', 2, '")"'],
    ['1 + * p', 5, '"*"'],
    ['p'.repeat(2001), 2001, '2001 characters'],
    ['('.repeat(1999), 202, '"("'],
  ])('that is none says where and why: %s', (text, column, found) => {
    const error = capture(() => parseExpression(text));
    expect(error).toBeInstanceOf(ExpressionError);
    expect(error).toMatchObject({ column, found });
    expect((error as ExpressionError).message).toContain(`column ${column}`);
    expect((error as ExpressionError).expected).not.toBe('');
  });

  it('may be told which variables there are', () => {
    expect(capture(() => parseExpression('r', ['p', 't']))).toMatchObject({ expected: 'one of p, t' });
    expect(parseExpression('x', ['x'])).toEqual({ kind: 'variable', name: 'x' });
  });

  it('does not overflow the stack however deep it nests', () => {
    const deep = `${'('.repeat(200)}p${')'.repeat(200)}`;
    expect(parseExpression(deep)).toEqual({ kind: 'variable', name: 'p' });
    expect(depthOf(parseExpression(`${'-'.repeat(1900)}p`))).toBe(1900);
  });
});

it('counts nodes, depth and variables', () => {
  const tree = parseExpression('-(t * log(p)) + 2');
  expect([sizeOf(tree), depthOf(tree), [...variablesOf(tree)].sort()]).toEqual([7, 4, ['p', 't']]);
});

it.each([
  ['-(t * log(p))', '-\\left(t \\cdot \\log\\left(p\\right)\\right)'],
  ['(1 - p)^2 / (2 * t)', '\\frac{\\left(1 - p\\right)^{2}}{2 \\cdot t}'],
  ['square(p) + square(p - t)', 'p^2 + \\left(p - t\\right)^2'],
  ['p^-t + sqrt(1e-9)', 'p^{-t} + \\sqrt{1 \\cdot 10^{-9}}'],
  ['exp(p) * abs(t) - min(p, t)', 'e^{p} \\cdot \\left|t\\right| - \\min\\left(p, t\\right)'],
  // The magnitude that a logarithm, a root or a power takes, where it matters.
  ['log(r) + log(p)', '\\log\\left(\\left|r\\right|\\right) + \\log\\left(p\\right)'],
  ['sqrt(p - t) * r^1.5', '\\sqrt{\\left|p - t\\right|} \\cdot \\left|r\\right|^{1.5}'],
])('is written as LaTeX: %s', (text, latex) => {
  expect(latexExpression(parseExpression(text))).toBe(latex);
});

function closing(text: string, start: number): number {
  let depth = 0;
  for (let place = start; place < text.length; place++) {
    if (text[place] === '(') depth++;
    if (text[place] === ')' && --depth === 0) return place;
  }
  return text.length;
}

function treeOrNothing(text: string): unknown {
  try {
    return parseExpression(text);
  } catch {
    return undefined;
  }
}

function capture(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
