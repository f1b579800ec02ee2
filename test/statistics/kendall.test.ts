import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendall } from '../../src/statistics/kendall.js';

describe("Kendall's τ_b", () => {
  it('gives the published number', () => {
    // SciPy documentation, kendalltau: x1 and x2 with ties.
    expect(kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 12);
  });

  it('is symmetric, in [-1, 1], invariant under growing maps, odd under reversal; infinities are values', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(Infinity, -Infinity));
    const pairs = fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(pairs, (sample) => {
        const x = sample.map(([one]) => one);
        const y = sample.map(([, other]) => other);
        const found = kendall(x, y);
        if (new Set(x).size === 1 || new Set(y).size === 1) {
          expect(found).toBeNaN();
          return;
        }
        expect(Math.abs(found)).toBeLessThanOrEqual(1 + 1e-12);
        expect(kendall(y, x)).toBeCloseTo(found, 12);
        expect(kendall(x.map(Math.exp), y)).toBeCloseTo(found, 12);
        expect(kendall(x.map(Math.atan), y)).toBeCloseTo(found, 12);
        expect(
          kendall(
            x.map((one) => -one),
            y,
          ),
        ).toBeCloseTo(-found, 12);
        expect(kendall(x, x)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('refuses lists of different length', () => {
    expect(() => kendall([1], [1, 2])).toThrow(RangeError);
  });
});
