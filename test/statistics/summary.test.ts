import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendall, ranks, spearman } from '../../src/statistics/rank.js';
import { mean, quantile, standardDeviation } from '../../src/statistics/summary.js';

const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 30 });

describe('mean and standard deviation', () => {
  it('give the textbook numbers', () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: sum of squares about 5 is 32.
    const sample = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(sample)).toBe(5);
    expect(standardDeviation(sample)).toBeCloseTo(Math.sqrt(32 / 7), 14);
  });

  it('shift and scale as they must', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -5, max: 5 }), (sample, factor) => {
        const moved = sample.map((value) => factor * value + 3);
        expect(mean(moved)).toBeCloseTo(factor * mean(sample) + 3, 9);
        expect(standardDeviation(moved)).toBeCloseTo(Math.abs(factor) * standardDeviation(sample), 9);
      }),
    );
  });

  it('are not defined for too few values', () => {
    expect(mean([])).toBeNaN();
    expect(standardDeviation([4])).toBeNaN();
  });
});

describe('quantile', () => {
  it('agrees with type 7 of Hyndman & Fan', () => {
    // R: quantile(c(15, 20, 35, 40, 50), c(.05, .25, .3, .5, .9))
    const sample = [40, 15, 50, 20, 35];
    const expected: readonly [number, number][] = [
      [0, 15],
      [0.05, 16],
      [0.25, 20],
      [0.3, 23],
      [0.5, 35],
      [0.9, 46],
      [1, 50],
    ];
    for (const [probability, value] of expected) expect(quantile(sample, probability)).toBeCloseTo(value, 12);
  });

  it('lies within the sample and never falls as the probability grows', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (sample, probability) => {
        const found = quantile(sample, probability);
        expect(found).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(found).toBeLessThanOrEqual(Math.max(...sample));
        expect(quantile(sample, probability / 2)).toBeLessThanOrEqual(found + 1e-12);
      }),
    );
  });

  it('keeps infinities and refuses what is no probability', () => {
    expect(quantile([1, Infinity, Infinity], 0.75)).toBe(Infinity);
    expect(quantile([Infinity, 1, -Infinity], 0.5)).toBe(1);
    expect(quantile([1, Infinity], 0)).toBe(1);
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1, NaN], 0.5)).toBeNaN();
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
  });
});

describe('ranks', () => {
  it('share the mean rank among ties', () => {
    expect(ranks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
    expect(ranks([NaN, 1, NaN, Infinity])).toEqual([3.5, 1, 3.5, 2]);
    expect(ranks([])).toEqual([]);
  });

  it('add up to n (n + 1) / 2 and keep the order', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const found = ranks(sample);
        expect(found.reduce((a, b) => a + b, 0)).toBe((sample.length * (sample.length + 1)) / 2);
        for (let i = 1; i < sample.length; i++) {
          expect(Math.sign(found[i]! - found[i - 1]!)).toBe(Math.sign(sample[i]! - sample[i - 1]!));
        }
      }),
    );
  });
});

describe('rank correlations', () => {
  it('give the published numbers', () => {
    // Wikipedia, "Spearman's rank correlation coefficient": IQ against hours of television.
    const quotient = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(quotient, hours)).toBeCloseTo(-29 / 165, 12);
    // SciPy documentation, kendalltau: x1 and x2 with ties.
    expect(kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 12);
  });

  it.each([
    ['spearman', spearman],
    ['kendall', kendall],
  ] as const)('%s: symmetric, in [-1, 1], invariant under growing maps, odd under reversal', (_, measure) => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 3,
      maxLength: 20,
    });
    fc.assert(
      fc.property(pairs, (sample) => {
        const x = sample.map(([value]) => value);
        const y = sample.map(([, value]) => value);
        const found = measure(x, y);
        if (new Set(x).size === 1 || new Set(y).size === 1) {
          expect(found).toBeNaN();
          return;
        }
        expect(Math.abs(found)).toBeLessThanOrEqual(1);
        expect(measure(y, x)).toBeCloseTo(found, 12);
        expect(
          measure(
            x.map((value) => Math.exp(value)),
            y,
          ),
        ).toBeCloseTo(found, 12);
        expect(
          measure(
            x.map((value) => -value),
            y,
          ),
        ).toBeCloseTo(-found, 12);
        expect(measure(x, x)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('refuse lists of different length', () => {
    expect(() => spearman([1], [1, 2])).toThrow(RangeError);
    expect(() => kendall([1], [1, 2])).toThrow(RangeError);
  });
});
