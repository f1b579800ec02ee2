import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
