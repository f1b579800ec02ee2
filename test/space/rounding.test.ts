import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounderFor } from '../../src/space/rounding.js';

/** What the rounding is defined by. */
const written = (value: number, decimals: number): number => Number(value.toFixed(decimals)) + 0;

describe('rounding', () => {
  it.each([
    [-5, 5, 9],
    [0, 1, 10],
    [-1e-3, 2e-3, 12],
    [0, 1e9, 1],
    [0, 3e-15, 24],
    // Far from 0, where there are fewer digits to give.
    [1e6, 1e6 + 1, 6],
  ])('on [%f, %f] gives the number that %i decimals write, near ties too', (low, high, decimals) => {
    const round = rounderFor(low, high);
    const value = fc.double({ min: low, max: high, noNaN: true });
    const whole = fc.integer({
      min: Math.ceil(low * 10 ** decimals),
      max: Math.floor(high * 10 ** decimals),
    });
    const slip = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(value, whole, slip, (any, steps, units) => {
        expect(round(any)).toBe(written(any, decimals));
        const tie = (steps + 0.5) / 10 ** decimals;
        const near = tie + units * Math.abs(tie) * Number.EPSILON;
        expect(round(near)).toBe(written(near, decimals));
      }),
      { numRuns: 2000 },
    );
    expect(Object.is(round(-1e-300), 0)).toBe(true);
  });
});
