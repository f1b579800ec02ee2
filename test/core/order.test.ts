import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byNumber, byText } from '../../src/core/order.js';

const numbers = fc.oneof(fc.constantFrom(0, -0, 1, Infinity, -Infinity, NaN), fc.double());

it.each([
  ['byNumber', byNumber as (a: never, b: never) => number, numbers],
  ['byText', byText as (a: never, b: never) => number, fc.string()],
] as const)('%s is a total order', (_, compare, values: fc.Arbitrary<unknown>) => {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      const sign = (x: unknown, y: unknown): number => Math.sign(compare(x as never, y as never));
      expect(sign(a, a)).toBe(0);
      expect(sign(a, b) + sign(b, a)).toBe(0);
      if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

it('byNumber puts infinities at the ends and NaN behind them', () => {
  expect([NaN, Infinity, 2, -Infinity, Infinity, 1].sort(byNumber)).toEqual([
    -Infinity,
    1,
    2,
    Infinity,
    Infinity,
    NaN,
  ]);
});
