import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened, spread, textWidth } from '../../src/report/label-layout.js';

describe('spread', () => {
  const wanted = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 });

  it('keeps the gap and the order, and stays inside where there is room', () => {
    fc.assert(
      fc.property(wanted, (positions) => {
        const placed = spread(positions, 10, [0, 100]);
        const order = positions
          .map((_, index) => index)
          .sort((a, b) => positions[a]! - positions[b]! || a - b);
        for (let place = 1; place < order.length; place++) {
          expect(placed[order[place]!]! - placed[order[place - 1]!]!).toBeGreaterThanOrEqual(10 - 1e-9);
        }
        expect(Math.min(...placed)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...placed)).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('moves nothing that is apart already, and a pair by equal parts', () => {
    expect(spread([5, 50, 20], 10, [0, 100])).toEqual([5, 50, 20]);
    expect(spread([50, 52], 10, [0, 100])).toEqual([46, 56]);
    expect(spread([], 10, [0, 1])).toEqual([]);
  });
});

describe('label texts', () => {
  it('are shortened by characters, not by code units', () => {
    expect(shortened('γγγγ', 4)).toBe('γγγγ');
    expect(shortened('abcdef', 4)).toBe('abc…');
    expect(shortened('😀😀😀', 2)).toBe('😀…');
    expect(textWidth([])).toBe(0);
    expect(textWidth(['a', 'abc'])).toBe(textWidth(['xyz']));
  });
});
