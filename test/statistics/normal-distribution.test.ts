import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  logNormalCdf,
  logNormalDensity,
  logNormalMass,
  scaledErfc,
} from '../../src/statistics/normal-distribution.js';

const close = (actual: number, expected: number, tolerance = 1e-11): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

describe('the normal distribution', () => {
  // 40-digit arithmetic.
  it.each([
    [-40, -804.608442014],
    [-25, -316.639408008],
    [-5, -15.064998394],
    [3, -0.00135080996475],
  ])('has log Φ(%f) = %f', (x, expected) => close(logNormalCdf(x), expected));

  it.each([
    [0, 1],
    [0.5, 0.6156903441929259],
    [1, 0.427583576155807],
    [2, 0.2553956763105057],
    [10, 0.05614099274382259],
    [1e8, 5.641895835477563e-9],
    [Infinity, 0],
  ])('has exp(z²) erfc(z) = %f at z = %f', (z, expected) => close(scaledErfc(z), expected, 1e-14));

  it('has the density as the slope of its distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 6, noNaN: true }), (x) => {
        const slope = (logNormalCdf(x + 1e-5) - logNormalCdf(x - 1e-5)) / 2e-5;
        close(slope, Math.exp(logNormalDensity(x) - logNormalCdf(x)), 1e-4);
      }),
    );
  });

  it('has Φ(x) + Φ(−x) = 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), (x) => {
        expect(Math.exp(logNormalCdf(x)) + Math.exp(logNormalCdf(-x))).toBeCloseTo(1, 14);
      }),
    );
  });

  it('has a mass around 0 that is 1 less both tails, to the last bit: draws of samplers depend on it', () => {
    const edge = fc.double({ min: 1e-3, max: 60, noNaN: true });
    fc.assert(
      fc.property(edge, edge, (below, above) => {
        const tails = Math.exp(logNormalCdf(-below)) + Math.exp(logNormalCdf(-above));
        expect(logNormalMass(-below, above)).toBe(Math.log1p(-tails));
      }),
      { numRuns: 1000 },
    );
  });
});
