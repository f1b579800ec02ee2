import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNumber } from '../../src/core/order.js';
import { stream } from '../../src/core/random.js';
import {
  constantAt,
  coordinateOfConstant,
  isConstantOf,
  roundConstant,
} from '../../src/expressions/constants.js';
import { coordinatesOf, derive } from '../../src/expressions/derivation.js';
import { depthOf, sizeOf, variablesOf, type Expression } from '../../src/expressions/expression.js';
import {
  belongsTo,
  isInhabited,
  normalForm,
  type ExpressionLanguage,
} from '../../src/expressions/language.js';
import { OPERATOR_NAMES } from '../../src/expressions/operators.js';
import { parseExpression } from '../../src/expressions/parse-expression.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import type { GrowthPlan } from '../../src/expressions/productions.js';
import { simplestExpressions } from '../../src/expressions/simplest-expressions.js';
import { crossExpressions } from '../../src/expressions/vary/cross.js';
import { mutateExpression } from '../../src/expressions/vary/mutate-expression.js';

const language: ExpressionLanguage = {
  variables: ['p', 't'],
  operators: OPERATOR_NAMES,
  constants: { low: -2, high: 2 },
  maxDepth: 4,
  maxSize: 11,
};

const grow = (plan: GrowthPlan, key: number, of = language): Expression => {
  const random = stream('language-test', plan.method, plan.limit, key);
  return derive(of, plan, () => random.uniform());
};

describe('random trees', () => {
  it.each(['grow', 'full'] as const)('by %s keep to the language and their depth', (method) => {
    for (let key = 0; key < 200; key++) {
      const limit = 1 + (key % 4);
      const tree = grow({ method, limit }, key);
      expect(belongsTo(language, tree), printExpression(tree)).toBe(true);
      expect(depthOf(tree)).toBeLessThanOrEqual(limit);
    }
  });

  it('are full to the depth where they have room, and of all depths where they grow', () => {
    const roomy = { ...language, maxSize: 100 };
    const depths = new Set<number>();
    for (let key = 0; key < 200; key++) {
      const full = grow({ method: 'full', limit: 4 }, key, roomy);
      const shallowest = (tree: Expression): number =>
        tree.kind === 'operation' ? 1 + Math.min(...tree.inputs.map(shallowest)) : 0;
      expect(shallowest(full)).toBe(4);
      depths.add(depthOf(grow({ method: 'grow', limit: 4 }, key, roomy)));
    }
    expect([...depths].sort(byNumber)).toEqual([1, 2, 3, 4]);
  });

  it('use every operator and leaf', () => {
    const text = Array.from({ length: 300 }, (_, key) =>
      JSON.stringify(grow({ method: 'grow', limit: 4 }, key)),
    ).join();
    for (const name of [...OPERATOR_NAMES, 'p', 't', 'constant']) expect(text).toContain(`"${name}"`);
  });

  it('have coordinates that grow them again', () => {
    const plan = { method: 'grow', limit: 4 } as const;
    for (let key = 0; key < 200; key++) {
      const tree = grow({ method: 'full', limit: 3 }, key);
      const coordinates = [...coordinatesOf(language, plan, tree)];
      expect(coordinates).toHaveLength(sizeOf(tree));
      expect(derive(language, plan, () => coordinates.shift()!)).toEqual(tree);
    }
  });
});

it('says whether a language has any expression', () => {
  const unary = { ...language, operators: ['log', 'neg'] } as const;
  expect(isInhabited(language)).toBe(true);
  expect(isInhabited({ ...unary, variables: ['r'] })).toBe(true);
  expect(isInhabited(unary)).toBe(false);
  expect(isInhabited({ ...language, maxSize: 2 })).toBe(false);
  expect(isInhabited({ ...language, variables: ['p', 't', 'r'], maxDepth: 1 })).toBe(false);
});

it('normal forms are their own, belong to the language and are canonical where they can be', () => {
  let canonical = 0;
  for (let key = 0; key < 300; key++) {
    const tree = grow({ method: 'grow', limit: 4 }, key);
    const normal = normalForm(language, tree);
    expect(belongsTo(language, normal)).toBe(true);
    expect(normalForm(language, normal)).toEqual(normal);
    if (printExpression(normal) !== printExpression(tree)) canonical++;
  }
  expect(canonical).toBeGreaterThan(100);
  expect(printExpression(normalForm(language, parseExpression('p * 0.33333 + (t - 0)')))).toBe(
    '0.3333 * p + t',
  );
  // Its canonical form has lost a variable.
  expect(printExpression(normalForm(language, parseExpression('p + t - t')))).toBe('p + t - t');
});

describe('constants', () => {
  const ranges = [
    { low: -2, high: 2 },
    { low: 0, high: 1e-3 },
    { low: -1 / 3, high: Math.PI },
    { low: 5, high: 1e5 },
  ];

  it.each(ranges)('of %j survive coordinates and rounding', (range) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (coordinate) => {
        const value = constantAt(range, coordinate);
        const again = coordinateOfConstant(range, value)!;
        expect(constantAt(range, again)).toBe(value);
        expect(isConstantOf(range, roundConstant(range, value))).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect([constantAt(range, 0), constantAt(range, 0.99)]).toEqual([range.low, range.high]);
  });

  it('outside of the range have coordinates too, if they have four digits', () => {
    for (const value of [-1234, 0.0001, 999900, -0.4321, 12.5]) {
      expect(constantAt({ low: 2, high: 3 }, coordinateOfConstant({ low: 2, high: 3 }, value)!)).toBe(value);
    }
    for (const value of [0, 1e-5, 1e6, 12345, Infinity, NaN]) {
      expect(coordinateOfConstant({ low: 2, high: 3 }, value)).toBeUndefined();
    }
  });

  it('are short', () => {
    expect(roundConstant({ low: -2, high: 2 }, 1.23456)).toBe(1.235);
    expect(roundConstant({ low: -2, high: 2 }, 0.0000123)).toBe(0);
    expect(roundConstant({ low: -2, high: 2 }, 123456)).toBe(123500);
  });
});

describe('variation', () => {
  const parents = Array.from({ length: 60 }, (_, key) =>
    normalForm(language, grow({ method: 'grow', limit: 4 }, key)),
  );

  it('changes an expression and stays in the language', () => {
    for (const [key, parent] of parents.entries()) {
      const child = mutateExpression(language, parent, stream('mutate', key));
      expect(belongsTo(language, child)).toBe(true);
      expect(normalForm(language, child)).toEqual(child);
      expect(printExpression(child)).not.toBe(printExpression(parent));
    }
  });

  it('moves constants a little', () => {
    const parent = parseExpression('t * log(p) + 0.5 * p');
    const steps = Array.from({ length: 400 }, (_, key) =>
      mutateExpression(language, parent, stream('nudge', key)),
    )
      .map((child) =>
        /^t \* log\(p\) \+ (-?[\d.]+) \* p$|^(-?[\d.]+) \* p \+ t \* log\(p\)$/.exec(printExpression(child)),
      )
      .flatMap((match) => (match === null ? [] : [Number(match[1] ?? match[2]) - 0.5]));
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.filter((step) => Math.abs(step) < 0.5).length).toBeGreaterThan(steps.length / 2);
  });

  it('crosses two: every node of a child was in a parent, before it was simplified', () => {
    let crossed = 0;
    for (const [key, parent] of parents.entries()) {
      const other = parents[(key + 1) % parents.length]!;
      const child = crossExpressions(language, parent, other, stream('cross', key));
      if (child === undefined) continue;
      crossed++;
      expect(belongsTo(language, child)).toBe(true);
      expect([...variablesOf(child)].sort()).toEqual(['p', 't']);
    }
    expect(crossed).toBeGreaterThan(50);
    const bare = { ...language, operators: ['sub', 'log'] } as const;
    const texts = new Set(
      Array.from({ length: 60 }, (_, key) =>
        printExpression(
          crossExpressions(
            bare,
            parseExpression('log(p) - t'),
            parseExpression('log(t) - p'),
            stream('c', key),
          )!,
        ),
      ),
    );
    expect(texts).toContain('log(p) - log(t)');
    expect([...texts].every((text) => /^[pt\-() log]+$/.test(text))).toBe(true);
  });
});

it('lists the simplest expressions, by size, each once', () => {
  const list = simplestExpressions({ ...language, operators: ['add', 'sub', 'log'] }, 40);
  expect(list.map(printExpression).slice(0, 4)).toEqual(['p + t', 'p - t', 't - p', 'p + log(t)']);
  const sizes = list.map(sizeOf);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(new Set(list.map(printExpression)).size).toBe(40);
  expect(
    simplestExpressions({ variables: ['r'], operators: ['neg'], maxDepth: 3, maxSize: 4 }, 9).map(
      printExpression,
    ),
  ).toEqual(['r', '-r']);
});
