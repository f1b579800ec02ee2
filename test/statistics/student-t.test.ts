import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tCritical, tTwoSided } from '../../src/statistics/student-t.js';

describe("Student's t", () => {
  it('has the critical values of the printed tables', () => {
    const table: readonly [level: number, degrees: number, value: number][] = [
      [0.95, 1, 12.70620473617],
      [0.95, 4, 2.776445105],
      [0.95, 9, 2.262157163],
      [0.95, 30, 2.042272456],
      [0.99, 5, 4.032142984],
      [0.999, 10, 4.586893859],
      [0.95, Infinity, 1.959963985],
    ];
    for (const [level, degrees, value] of table) expect(tCritical(level, degrees)).toBeCloseTo(value, 6);
  });

  it('agrees with the closed forms for 1 and 2 degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (t) => {
        // Cauchy: 1 − (2/π) atan t; two degrees: 1 − t / √(2 + t²), rewritten without cancellation.
        expect(tTwoSided(t, 1) / ((2 / Math.PI) * Math.atan(1 / t))).toBeCloseTo(1, 9);
        const root = Math.sqrt(2 + t * t);
        expect(tTwoSided(t, 2) / (2 / (root * (root + t)))).toBeCloseTo(1, 9);
      }),
    );
  });

  it('agrees with the integral of its density for any degrees of freedom', () => {
    for (const degrees of [2.5, 4.7, 11.3, 80]) {
      const density = (x: number): number => (1 + (x * x) / degrees) ** (-(degrees + 1) / 2);
      // Substitution x = u / (1 − u) maps [0, ∞) to [0, 1); midpoints avoid the end.
      const integral = (from: number): number => {
        const start = from / (1 + from);
        const cells = 100_000;
        let sum = 0;
        for (let cell = 0; cell < cells; cell++) {
          const u = start + ((1 - start) * (cell + 0.5)) / cells;
          sum += density(u / (1 - u)) / (1 - u) ** 2;
        }
        return (sum * (1 - start)) / cells;
      };
      const whole = integral(0);
      for (const t of [0.3, 1.5, 4]) expect(tTwoSided(t, degrees)).toBeCloseTo(integral(t) / whole, 7);
    }
  });

  it('inverts itself, is even, and falls', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        (level, degrees) => {
          const t = tCritical(level, degrees);
          expect(tTwoSided(t, degrees)).toBeCloseTo(1 - level, 9);
          expect(tTwoSided(-t, degrees)).toBe(tTwoSided(t, degrees));
          expect(tTwoSided(t * 1.01, degrees)).toBeLessThan(tTwoSided(t, degrees));
        },
      ),
    );
    expect(tTwoSided(0, 3)).toBe(1);
    expect(tTwoSided(Infinity, 3)).toBe(0);
  });

  it('refuses levels and degrees of freedom out of range', () => {
    expect(() => tCritical(1, 3)).toThrow(RangeError);
    expect(() => tCritical(0.9, 0)).toThrow(RangeError);
    expect(() => tTwoSided(1, NaN)).toThrow(RangeError);
  });
});
