import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largest, smallest } from '../../src/core/extremes.js';

describe('extremes', () => {
  it('are those of Math.min and Math.max, NaN, infinities and no values among them', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        expect(smallest(values)).toBe(Math.min(...values));
        expect(largest(values)).toBe(Math.max(...values));
      }),
    );
  });

  it('are found among more values than a call has arguments', () => {
    const values = Array.from({ length: 1_000_000 }, (_, index) => index);
    expect([smallest(values), largest(values)]).toEqual([0, 999_999]);
  });
});
