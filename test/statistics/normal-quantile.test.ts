import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logNormalCdf } from '../../src/statistics/normal-distribution.js';
import { normalQuantileOfLog } from '../../src/statistics/normal-quantile.js';

describe('the normal quantile', () => {
  // 60-digit arithmetic, on both sides of every seam.
  it.each([
    [-1e-12, 7.034483825301201],
    [-1e-3, 3.090380786917045],
    [-0.05, 1.6568927965620148],
    [-0.07, 1.4938594455092418],
    [-0.5, 0.27028802073873587],
    [-0.6931, 5.913345778417325e-5],
    [-2.5, -1.3911828143255685],
    [-2.6, -1.4446822551700573],
    [-10, -3.913946240531893],
    [-24.9, -6.643187447636459],
    [-25.1, -6.672590698324381],
    [-300, -24.32643890656559],
    [-728, -38.03792286348305],
    [-730, -38.09042951601188],
    [-2000, -63.16541860878361],
    [-1e5, -447.1978936785251],
    [-1.2345e17, -496890329.95219374],
    [-1e30, -1414213562373095],
    [-1e308, -1.414213562373095e154],
  ])('of probability exp(%f) is %f', (y, x) => {
    expect(Math.abs(normalQuantileOfLog(y) - x)).toBeLessThan(1e-14 * Math.max(0.1, Math.abs(x)));
  });

  it('undoes log Φ, in both tails', () => {
    fc.assert(
      fc.property(fc.double({ min: -60, max: 8, noNaN: true }), (x) => {
        // Above 8 the distribution is 1 to the last digit of its logarithm.
        expect(Math.abs(normalQuantileOfLog(logNormalCdf(x)) - x)).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(x)),
        );
      }),
    );
    expect([normalQuantileOfLog(-Infinity), normalQuantileOfLog(0)]).toEqual([-Infinity, Infinity]);
    expect(Math.abs(normalQuantileOfLog(Math.log(0.5)))).toBeLessThan(1e-15);
  });

  it('never falls', () => {
    const y = fc.double({ min: -800, max: -1e-15, noNaN: true });
    fc.assert(
      fc.property(y, y, (a, b) => {
        const rise = normalQuantileOfLog(Math.max(a, b)) - normalQuantileOfLog(Math.min(a, b));
        expect(rise).toBeGreaterThan(-1e-13);
      }),
      { numRuns: 1000 },
    );
  });
});
