import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pchip, pchipSlopes } from '../../src/schedules/pchip.js';

const knots = fc
  .integer({ min: 2, max: 8 })
  .chain((count) =>
    fc.record({
      gaps: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: count, maxLength: count }),
      y: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: count, maxLength: count }),
    }),
  )
  .map(({ gaps, y }) => {
    let sum = 0;
    return { x: gaps.map((gap) => (sum += gap)), y };
  });

const between = (x: readonly number[], piece: number, part: number): number =>
  x[piece]! + part * (x[piece + 1]! - x[piece]!);

describe('pchip', () => {
  it('agrees with the published example of the NAG library, e01bec (table to 4 digits)', () => {
    const x = [7.99, 8.09, 8.19, 8.7, 9.2, 10, 12, 15, 20];
    const y = [0, 0.27643e-4, 0.4375e-1, 0.16918, 0.46943, 0.94374, 0.99864, 0.99992, 0.99999];
    const curve = pchip(x, y);
    const table = [
      [7.99, 0],
      [9.191, 0.464],
      [10.392, 0.9645],
      [11.593, 0.9965],
      [12.794, 0.9992],
      [13.995, 0.9998],
      [15.196, 0.9999],
      [16.397, 1],
      [17.598, 1],
      [18.799, 1],
      [20, 1],
    ] as const;
    for (const [at, value] of table) expect(Math.abs(curve(at) - value)).toBeLessThanOrEqual(5e-5);
  });

  it('has the slopes of the formula, worked by hand', () => {
    // h = 1, 3; secants 2, 1. Inner: w = 2·3+1, 3+2·1 = 7, 5: 12/(7/2 + 5/1) = 24/17.
    // Ends: ((2·1+3)·2 − 1·1)/4 = 9/4; ((2·3+1)·1 − 3·2)/4 = 1/4.
    expect(pchipSlopes([0, 1, 4], [0, 2, 5])).toEqual([9 / 4, expect.closeTo(24 / 17, 14), 1 / 4]);
  });

  it('has slope 0 at an extremum, and limits the slope at the end', () => {
    // Secants 1, −1: inner 0; ends ((2+1)·1 + 1)/2 = 2, within 3.
    expect(pchipSlopes([0, 1, 2], [0, 1, 0])).toEqual([2, 0, -2]);
    // Secants 1, −9: the left end would be (3 + 9)/2 = 6 and is cut to 3·1; the right one is −(27 + 1)/2 = −14.
    expect(pchipSlopes([0, 1, 2], [0, 1, -8])).toEqual([3, 0, -14]);
    // Secants 1, 9: (3 − 9)/2 < 0 has the wrong sign.
    expect(pchipSlopes([0, 1, 2], [0, 1, 10])[0]).toBe(0);
  });

  it('is a straight line through two points', () => {
    expect(pchip([1, 3], [2, 6])(1.5)).toBeCloseTo(3, 14);
  });

  it('goes through its points and never leaves the interval between two of them', () => {
    fc.assert(
      fc.property(knots, fc.nat(100), ({ x, y }, percent) => {
        const curve = pchip(x, y);
        x.forEach((at, index) => expect(curve(at)).toBe(y[index]));
        for (let piece = 0; piece + 1 < x.length; piece++) {
          const value = curve(between(x, piece, percent / 100));
          expect(value).toBeGreaterThanOrEqual(Math.min(y[piece]!, y[piece + 1]!));
          expect(value).toBeLessThanOrEqual(Math.max(y[piece]!, y[piece + 1]!));
        }
      }),
    );
  });

  it('is monotone between neighbouring points', () => {
    fc.assert(
      fc.property(knots, fc.nat(100), fc.nat(100), ({ x, y }, a, b) => {
        const curve = pchip(x, y);
        const [low, high] = a < b ? [a, b] : [b, a];
        for (let piece = 0; piece + 1 < x.length; piece++) {
          const sense = Math.sign(y[piece + 1]! - y[piece]!);
          const rise = sense * (curve(between(x, piece, high / 100)) - curve(between(x, piece, low / 100)));
          expect(rise).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
    );
  });

  it('has the slopes that it says, from both sides', () => {
    fc.assert(
      fc.property(knots, ({ x, y }) => {
        const curve = pchip(x, y);
        const slopes = pchipSlopes(x, y);
        const step = 1e-6;
        x.forEach((at, index) => {
          if (index > 0) {
            expect((curve(at) - curve(at - step)) / step).toBeCloseTo(slopes[index]!, 2);
          }
          if (index + 1 < x.length) {
            expect((curve(at + step) - curve(at)) / step).toBeCloseTo(slopes[index]!, 2);
          }
        });
      }),
    );
  });
});
