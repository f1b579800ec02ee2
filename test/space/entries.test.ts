import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { belongsTo, normalForm, type ExpressionLanguage } from '../../src/expressions/language.js';
import { OPERATOR_NAMES } from '../../src/expressions/operators.js';
import { parseExpression } from '../../src/expressions/parse-expression.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import { categoricalEntry } from '../../src/space/categorical-entry.js';
import { expressionEntry } from '../../src/space/expression-entry.js';
import { floatEntry } from '../../src/space/float-entry.js';
import { increasingPositions } from '../../src/space/increasing.js';
import { intEntry } from '../../src/space/int-entry.js';
import { simplexEntry } from '../../src/space/simplex-entry.js';
import type { Entry, EntryValue } from '../../src/space/space.js';

const formulas: ExpressionLanguage = {
  variables: ['p', 't'],
  operators: OPERATOR_NAMES,
  constants: { low: -2, high: 2 },
  maxDepth: 5,
  maxSize: 15,
};
const small: ExpressionLanguage = {
  variables: [],
  operators: ['add', 'neg', 'log'],
  maxDepth: 3,
  maxSize: 7,
};

const entries: readonly (readonly [string, Entry])[] = [
  ['float', floatEntry('x', { low: 0.1, high: 0.9 })],
  ['float around 0', floatEntry('x', { low: -3, high: 5 })],
  ['float, uneven ends', floatEntry('x', { low: 1 / 3, high: 2 / 3 })],
  ['narrow float far from 0', floatEntry('x', { low: 1000, high: 1000.001 })],
  ['wide float', floatEntry('x', { low: -1e15, high: 1e17 })],
  ['tiny float', floatEntry('x', { low: 0, high: 1e-200 })],
  ['log float', floatEntry('x', { low: 1e-5, high: 1, log: true })],
  ['wide log float', floatEntry('x', { low: 1e-300, high: 1e300, log: true })],
  ['stepped float', floatEntry('x', { low: 0, high: 1, step: 0.1 })],
  ['stepped float that misses its end', floatEntry('x', { low: -1, high: 1, step: 0.3 })],
  ['single float', floatEntry('x', { low: 0.7, high: 0.7 })],
  ['single log float', floatEntry('x', { low: 0.7, high: 0.7, log: true })],
  ['int', intEntry('x', { low: -2, high: 8 })],
  ['log int', intEntry('x', { low: 1, high: 100, log: true })],
  ['wide log int', intEntry('x', { low: 1, high: 1e9, log: true })],
  ['wide int', intEntry('x', { low: -(2 ** 39), high: 2 ** 39 - 1 })],
  ['stepped int', intEntry('x', { low: 8, high: 65, step: 8 })],
  ['single int', intEntry('x', { low: 3, high: 3 })],
  ['categorical', categoricalEntry('x', ['a', 'b', 3, true, false])],
  ['single choice', categoricalEntry('x', ['a'])],
  ['simplex of 2', simplexEntry('x', 2)],
  ['simplex of 3', simplexEntry('x', 3)],
  ['simplex of 12', simplexEntry('x', 12)],
  ['expression of all operators', expressionEntry('x', formulas)],
  ['small expression without constants', expressionEntry('x', { ...small, variables: ['r'] })],
  [
    'expression that must join three variables',
    expressionEntry('x', { ...small, variables: ['p', 't', 'r'] }),
  ],
  [
    'expression with uneven constants',
    expressionEntry('x', { ...formulas, constants: { low: -1 / 3, high: Math.PI }, maxSize: 9 }),
  ],
];

/** Coordinates in [0, 1], with the ends and their neighbours more often than chance would have them. */
const coordinate = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1, Number.MIN_VALUE, 1e-300, 1e-12, 1 - Number.EPSILON / 2, 0.5),
  },
);
const unitOf = (entry: Entry): fc.Arbitrary<number[]> =>
  fc.array(coordinate, { minLength: entry.dimensions, maxLength: entry.dimensions });

function check(entry: Entry, value: EntryValue): void {
  if (entry.kind === 'simplex') {
    const weights = value as readonly number[];
    expect(weights).toHaveLength(entry.dimensions + 1);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(weights.reduce((sum, one) => sum + one, 0) - 1)).toBeLessThan(1e-12);
  } else if (entry.kind === 'expression') {
    const tree = parseExpression(value as string);
    expect(belongsTo(entry.language!, tree), value as string).toBe(true);
    expect(printExpression(normalForm(entry.language!, tree))).toBe(value);
  } else if (entry.kind === 'categorical') {
    expect(entry.choices).toContain(value);
  } else {
    expect(Number.isFinite(value)).toBe(true);
    expect(Object.is(value, -0)).toBe(false);
    expect(value).toBeGreaterThanOrEqual(entry.decode([0]) as number);
    expect(value).toBeLessThanOrEqual(entry.decode([1]) as number);
    if (entry.kind === 'int') expect(Number.isSafeInteger(value)).toBe(true);
  }
}

describe.each(entries)('%s', (_, entry) => {
  it('decodes every point of the cube to a value of the entry, which survives encode and decode exactly', () => {
    fc.assert(
      fc.property(unitOf(entry), (unit) => {
        const value = entry.decode(unit);
        check(entry, value);
        const again = entry.encode(value);
        expect(again).toHaveLength(entry.dimensions);
        for (const one of again) expect(one >= 0 && one <= 1).toBe(true);
        expect(entry.decode(again)).toEqual(value);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('has a grid of distinct values that keeps to the resolution and holds all values where they are few', () => {
    for (const resolution of [1, 2, 5, 24]) {
      const grid = entry.grid(resolution);
      for (const value of grid) check(entry, value);
      expect(new Set(grid.map((value) => JSON.stringify(value))).size).toBe(grid.length);
      expect(grid.length).toBeGreaterThan(0);
      expect(grid.length).toBeLessThanOrEqual(resolution);
      if (entry.cardinality <= resolution) expect(grid).toHaveLength(entry.cardinality);
      for (const value of grid)
        if (entry.kind !== 'simplex') expect(entry.decode(entry.encode(value))).toEqual(value);
    }
  });

  it('refuses coordinates and values that are not its own', () => {
    expect(() => entry.decode(Array.from({ length: entry.dimensions }, () => NaN))).toThrow(RangeError);
    expect(() => entry.decode(Array.from({ length: entry.dimensions + 1 }, () => 0))).toThrow(RangeError);
    expect(() => entry.encode('no such choice')).toThrow(RangeError);
    expect(() => entry.encode(NaN)).toThrow(RangeError);
  });
});

it('meets both ends of a range exactly', () => {
  for (const log of [false, true]) {
    const entry = floatEntry('x', { low: 1 / 3, high: Math.PI, log });
    expect(entry.decode([0])).toBe(1 / 3);
    expect(entry.decode([1])).toBe(Math.PI);
    expect(entry.encode(1 / 3)).toEqual([0]);
    expect(entry.encode(Math.PI)).toEqual([1]);
  }
});

it('moves numbers outside of a range, or between its steps, to the nearest', () => {
  expect(floatEntry('x', { low: 0, high: 2 }).encode(3)).toEqual([1]);
  expect(floatEntry('x', { low: 0, high: 1, step: 0.25 }).encode(0.3)).toEqual([0.3]);
  const int = intEntry('x', { low: 1, high: 4 });
  expect(int.decode(int.encode(-7))).toBe(1);
  expect(int.decode(int.encode(2.9))).toBe(3);
});

it('encodes at the middle of the cell', () => {
  expect(intEntry('x', { low: 1, high: 4 }).encode(2)).toEqual([0.375]);
  expect(categoricalEntry('x', ['a', 'b']).encode('b')).toEqual([0.75]);
  expect(floatEntry('x', { low: 7, high: 7 }).encode(7)).toEqual([0.5]);
});

it('grids of a simplex are all multiples of a fraction, the largest number that fits', () => {
  const grid = simplexEntry('x', 3).grid(12) as readonly (readonly number[])[];
  // C(3 + 2, 2) = 10 lattice points of thirds; quarters would be 15.
  expect(grid).toHaveLength(10);
  expect(grid).toContainEqual([1, 0, 0]);
  expect(grid).toContainEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(simplexEntry('x', 3).grid(2)).toEqual([[1 / 3, 1 / 3, 1 / 3]]);
});

describe('uniform coordinates', () => {
  const DRAWS = 20_000;
  const draw = (entry: Entry): EntryValue[] => {
    const random = stream('entries-test', entry.kind, entry.cardinality, entry.dimensions);
    return Array.from({ length: DRAWS }, () =>
      entry.decode(Array.from({ length: entry.dimensions }, () => random.uniform())),
    );
  };
  /** Pearson's statistic less its mean, in standard deviations: below 4 but for one case in 10 000. */
  const chiSquareZ = (counts: readonly number[], probabilities: readonly number[]): number => {
    const statistic = counts.reduce((sum, count, cell) => {
      const expected = DRAWS * probabilities[cell]!;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    const freedom = counts.length - 1;
    return (statistic - freedom) / Math.sqrt(2 * freedom);
  };
  const histogram = (values: readonly number[], cells: number): number[] => {
    const counts = Array.from({ length: cells }, () => 0);
    for (const value of values) counts[Math.min(cells - 1, Math.floor(value * cells))]!++;
    return counts;
  };
  const same = (cells: number): number[] => Array.from({ length: cells }, () => 1 / cells);

  it('give uniform floats, in the logarithm where asked', () => {
    const linear = draw(floatEntry('x', { low: -2, high: 6 })) as number[];
    expect(
      chiSquareZ(
        histogram(
          linear.map((x) => (x + 2) / 8),
          32,
        ),
        same(32),
      ),
    ).toBeLessThan(4);
    const log = draw(floatEntry('x', { low: 1e-4, high: 10, log: true })) as number[];
    expect(
      chiSquareZ(
        histogram(
          log.map((x) => (Math.log10(x) + 4) / 5),
          32,
        ),
        same(32),
      ),
    ).toBeLessThan(4);
    const stepped = draw(floatEntry('x', { low: 0, high: 1, step: 0.1 })) as number[];
    expect(
      chiSquareZ(
        histogram(
          stepped.map((x) => (x + 0.05) / 1.1),
          11,
        ),
        same(11),
      ),
    ).toBeLessThan(4);
  });

  it('give every integer and every choice the same weight', () => {
    const ints = draw(intEntry('x', { low: 3, high: 12 })) as number[];
    expect(
      chiSquareZ(
        histogram(
          ints.map((x) => (x - 2.5) / 10),
          10,
        ),
        same(10),
      ),
    ).toBeLessThan(4);
    const choices = ['a', 'b', 'c', 'd', 'e'];
    const drawn = draw(categoricalEntry('x', choices)) as string[];
    const counts = choices.map((choice) => drawn.filter((one) => one === choice).length);
    expect(chiSquareZ(counts, same(5))).toBeLessThan(4);
  });

  it('give log integers in proportion to the logarithm of their cells', () => {
    const drawn = draw(intEntry('x', { low: 1, high: 20, log: true })) as number[];
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    const counts = values.map((value) => drawn.filter((one) => one === value).length);
    const total = Math.log(20.5 / 0.5);
    expect(
      chiSquareZ(
        counts,
        values.map((k) => Math.log((k + 0.5) / (k - 0.5)) / total),
      ),
    ).toBeLessThan(4);
  });

  it.each([2, 3, 5, 9])('give weights uniform on the simplex of %i parts', (parts) => {
    const drawn = draw(simplexEntry('x', parts)) as readonly (readonly number[])[];
    const mean = (f: (weights: readonly number[]) => number): number =>
      drawn.reduce((sum, weights) => sum + f(weights), 0) / DRAWS;
    const variance = (parts - 1) / (parts ** 2 * (parts + 1));
    for (let i = 0; i < parts; i++) {
      // Moments of Dirichlet(1, …, 1); five standard errors of the mean.
      expect(Math.abs(mean((w) => w[i]!) - 1 / parts)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
      expect(mean((w) => (w[i]! - 1 / parts) ** 2) / variance).toBeCloseTo(1, 1);
      const next = (i + 1) % parts;
      const covariance = mean((w) => (w[i]! - 1 / parts) * (w[next]! - 1 / parts));
      expect((covariance * (parts - 1)) / -variance).toBeCloseTo(1, 0);
      // Each weight alone is Beta(1, parts − 1): its distribution function makes it uniform.
      const marginal = drawn.map((w) => 1 - (1 - w[i]!) ** (parts - 1));
      expect(chiSquareZ(histogram(marginal, 16), same(16))).toBeLessThan(4);
    }
  });

  it('give increasing positions distributed as sorted uniform numbers', () => {
    const random = stream('increasing-test');
    const count = 4;
    const sums = Array.from({ length: count }, () => 0);
    for (let run = 0; run < DRAWS; run++) {
      const positions = increasingPositions(Array.from({ length: count }, () => random.uniform()));
      positions.forEach((position, index) => {
        if (index > 0) expect(position >= positions[index - 1]!).toBe(true);
        sums[index]! += position;
      });
    }
    // The i-th of n sorted uniform numbers has the mean i / (n + 1).
    sums.forEach((sum, index) => expect(sum / DRAWS).toBeCloseTo((index + 1) / (count + 1), 2));
    expect(increasingPositions([0, 0, 0])).toEqual([0, 0, 0]);
    expect(increasingPositions([1, 0, 1])).toEqual([1, 1, 1]);
  });
});
