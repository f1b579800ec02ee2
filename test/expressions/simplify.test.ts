import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, evaluateExpression } from '../../src/expressions/evaluate-expression.js';
import type { Expression } from '../../src/expressions/expression.js';
import { gradientForm } from '../../src/expressions/gradient-form.js';
import { parseExpression } from '../../src/expressions/parse-expression.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import { simplifyExpression } from '../../src/expressions/simplify-expression.js';
import { anyExpression, POINTS } from './arbitrary-expression.js';

const simple = (text: string): string => printExpression(simplifyExpression(parseExpression(text)));

/** Largest magnitude of a part, of which rounding errors are a part, and by how much errors may grow on the way. */
const isTame = (tree: Expression, point: Readonly<Record<string, number>>): boolean => {
  const value = Math.abs(evaluateExpression(tree, point));
  return value < 1e6 && (tree.kind !== 'operation' || tree.inputs.every((input) => isTame(input, point)));
};

/** Where rounding alone may make a large difference: a denominator or logarithm of what is nearly 0. */
const isSharp = (tree: Expression, point: Readonly<Record<string, number>>): boolean => {
  if (tree.kind !== 'operation') return false;
  const sharp = { div: 1, log: 0, sqrt: 0, pow: 0 } as Readonly<Record<string, number>>;
  const operand = sharp[tree.operator];
  const near = operand !== undefined && Math.abs(evaluateExpression(tree.inputs[operand]!, point)) < 1e-3;
  return near || tree.inputs.some((input) => isSharp(input, point));
};

describe('simplification', () => {
  it('keeps the value', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyExpression, (tree) => {
        const simplified = simplifyExpression(tree);
        for (const point of POINTS) {
          if (!isTame(tree, point) || isSharp(tree, point)) continue;
          const expected = evaluateExpression(tree, point);
          const found = evaluateExpression(simplified, point);
          compared++;
          expect(
            Math.abs(found - expected),
            `${printExpression(tree)} and ${printExpression(simplified)}: ${found}, not ${expected}`,
          ).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected)));
        }
      }),
      { numRuns: 1000, seed: 3 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('is done when it is done', () => {
    fc.assert(
      fc.property(anyExpression, (tree) => {
        const once = printExpression(simplifyExpression(tree));
        expect(simple(once)).toBe(once);
      }),
      { numRuns: 1000, seed: 4 },
    );
  });

  it.each([
    // The same loss, however it is written.
    [
      ['-(t * log(p))', '-t * log(p)', 'log(p) * -t', '0 - log(p) * t', '-(log(abs(p)) * (2 * t)) / 2'],
      '-(t * log(p))',
    ],
    [
      ['square(p - t)', 'square(t - p)', '(p - t) * (p - t)', '-(t - p) * (p - t)', 'square(abs(p - t))'],
      'square(p - t)',
    ],
    [['1 - p', '-p + 1', '-(p - 1)', '1 + -1 * p', '3 - p - 2'], '1 - p'],
    [['p + p', '2 * p', 'p * 2', '3 * p - p', '--p - -p', 'p / 0.5'], '2 * p'],
    [['p * t * p', 'p * p * t', 't * square(p)'], 't * square(p)'],
    [['-p - t', '-(t + p)', '-t - p'], '-(p + t)'],
    [['max(p, t)', 'max(t, p)', 'max(max(t, p), -1)'], 'max(p, t)'],
    [['tanh(-r)', '-tanh(r)'], '-tanh(r)'],
    [['abs(-2 * r)', 'abs(2 * r)'], 'abs(2 * r)'],
    [['r^2 * 0 + p', 'p', 'p + 0', 'p * 1', 'p / 1', 'abs(p)', 'log(exp(p))', 'p^t * p / p^t * 0 + p'], 'p'],
    [['p - p', '0 * log(r)', '0 / p', 't - 1 * t'], '0'],
    [['r^0', '1^r', 'p + 1 - p', 'max(2, p) - 1'], '1'],
  ])('%j are all %s', (texts, expected) => {
    for (const text of texts) expect(simple(text), text).toBe(expected);
  });

  it.each([
    'exp(log(p))',
    'p / p',
    'log(exp(r))',
    'sqrt(square(r))',
    'square(sqrt(p))',
    'abs(r)',
    'p^1',
    'r / (t - p)',
    // The loss takes these logarithms from the logits, far below that of 1e-7: a bound of one's own must stay.
    'max(-20, log(p))',
    'min(20, -log(1 - p))',
    'abs(20 + log(p))',
  ])('leaves %s, which the protection makes another function', (text) => {
    expect(simple(text)).toBe(text);
  });

  it('takes no time that doubles with every level', () => {
    const nested = (begin: string, end: string): string => `${begin.repeat(60)}p${end.repeat(60)}`;
    for (const text of [nested('t * (1 - ', ')'), nested('(1 - ', ') * t'), nested('0.3 + p * (', ')')]) {
      const tree = parseExpression(text);
      const point = { p: 0.4, t: 0.7, r: 0 };
      expect(evaluateExpression(simplifyExpression(tree), point)).toBeCloseTo(
        evaluateExpression(tree, point),
        12,
      );
    }
  });

  it('undoes inverse functions where their operand is known to be in their range', () => {
    expect(simple('exp(log(p + 0.5))')).toBe('0.5 + p');
    expect(simple('square(sqrt(p + 1))')).toBe('1 + p');
    expect(simple('sqrt(square(p + 1))')).toBe('1 + p');
  });
});

it('bounds hold all values', () => {
  fc.assert(
    fc.property(anyExpression, fc.constantFrom(...POINTS), (tree, point) => {
      const { low, high } = boundsOf(tree);
      const value = evaluateExpression(tree, point);
      if (Number.isNaN(value)) return;
      const slack = 1e-9 * Math.max(1, Math.abs(value));
      expect(value).toBeGreaterThanOrEqual(low - slack);
      expect(value).toBeLessThanOrEqual(high + slack);
    }),
    { numRuns: 1000, seed: 5 },
  );
});

describe('the form of losses that train alike', () => {
  const form = (text: string): string => printExpression(gradientForm(parseExpression(text)));

  it.each([
    ['3 - 2 * (t * log(p))', '-(t * log(p))'],
    ['-(t * log(p)) + square(t) - 7', '-(t * log(p))'],
    ['4 * square(r) + 1', 'square(r)'],
    ['4 * square(r) + 2 * abs(r)', 'abs(r) + 2 * square(r)'],
    ['0.5 * square(r) + 0.25 * abs(r) + 3', 'abs(r) + 2 * square(r)'],
    ['-p', '-p'],
    ['t * 3', '0'],
  ])('of %s is %s', (text, expected) => expect(form(text)).toBe(expected));

  it('keeps the direction of the gradient', () => {
    fc.assert(
      fc.property(anyExpression, fc.constantFrom(...POINTS.slice(0, 2)), (tree, point) => {
        const slope = (of: Expression): number =>
          (evaluateExpression(of, { ...point, p: point.p + 1e-4 }) -
            evaluateExpression(of, { ...point, p: point.p - 1e-4 })) /
          2e-4;
        const [own, bare] = [slope(tree), slope(gradientForm(tree))];
        if (!isTame(tree, point) || isSharp(tree, point) || Math.abs(own) < 1e-3 || Math.abs(bare) < 1e-3)
          return;
        expect(Math.sign(own), printExpression(tree)).toBe(Math.sign(bare));
      }),
      { numRuns: 1000, seed: 6 },
    );
  });
});
