import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logNormalMass } from '../../src/statistics/normal-distribution.js';
import { quantileAroundMean, truncatedNormalQuantile } from '../../src/statistics/truncated-normal.js';

const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));

describe('the truncated normal distribution', () => {
  // 40-digit arithmetic.
  it.each([
    [-1, 2, -0.200166294324],
    [3, 5, -6.6079385946],
    [8, 9, -35.0136185934],
    [-30, -29, -424.78741991],
  ])('has the log mass of [%f, %f]', (a, b, expected) => {
    near(logNormalMass(a, b), expected);
    near(logNormalMass(-b, -a), expected);
  });

  it.each([
    [0.5, -1, 2, 0.171163918018],
    [0.1, -1, 2, -0.704647821095],
    [0.5, 3, 5, 3.20509380821],
    [0.25, 8, 9, 8.03533962191],
    [0.5, -30, -29, -29.023863512],
  ])('has the quantile %f of [%f, %f]', (u, a, b, expected) =>
    near(truncatedNormalQuantile(u, a, b), expected),
  );

  it('has the part u of its mass below the quantile of u, in every tail', () => {
    const u = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    const a = fc.double({ min: -30, max: 30, noNaN: true });
    const width = fc.double({ min: 1e-3, max: 20, noNaN: true });
    fc.assert(
      fc.property(u, a, width, (part, low, size) => {
        const x = truncatedNormalQuantile(part, low, low + size);
        expect(x >= low && x <= low + size).toBe(true);
        const below = Math.exp(logNormalMass(low, x) - logNormalMass(low, low + size));
        expect(Math.abs(below - part)).toBeLessThan(1e-7);
      }),
    );
    expect(truncatedNormalQuantile(0, -1, 2)).toBe(-1);
    expect(truncatedNormalQuantile(1, -1, 2)).toBeCloseTo(2, 12);
  });

  it('is flat where it is much wider than the interval', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const size = fc.double({ min: 1e-300, max: 1e-6, noNaN: true });
    fc.assert(
      fc.property(part, part, size, (u, place, width) => {
        const [a, b] = [-place * width, (1 - place) * width];
        const x = truncatedNormalQuantile(u, a, b);
        expect(Math.abs(x - (a + u * (b - a)))).toBeLessThanOrEqual(1e-6 * (b - a));
      }),
    );
  });

  it('has the same quantiles without logarithms where the mean is inside', () => {
    const part = fc.double({ min: 1e-3, max: 1 - 1e-3, noNaN: true });
    const logWidth = fc.double({ min: -12, max: 12, noNaN: true });
    const place = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(part, place, logWidth, (u, center, exponent) => {
        const width = Math.exp(exponent);
        const [a, b] = [-center / width, (1 - center) / width];
        const x = quantileAroundMean(u, a, b);
        expect(x >= a && x <= b).toBe(true);
        expect(Math.abs(x - truncatedNormalQuantile(u, a, b)) * Math.min(1, width)).toBeLessThan(1e-10);
      }),
      { numRuns: 1000 },
    );
    for (const [a, b] of [
      [-1, 2],
      [0, 3],
      [-3, 0],
      [-50, 1],
    ] as const) {
      near(quantileAroundMean(0.5, a, b), truncatedNormalQuantile(0.5, a, b));
      near(quantileAroundMean(0, a, b), a);
      near(quantileAroundMean(1, a, b), b);
    }
  });
});
