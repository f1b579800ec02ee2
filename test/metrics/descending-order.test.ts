import fc from 'fast-check';
import { expect, it } from 'vitest';
import { descendingOrder } from '../../src/metrics/descending-order.js';

const floats = fc.array(
  fc.oneof(
    fc.float({ noNaN: true }),
    fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Math.fround(1e-45), -Math.fround(1e-45)),
  ),
  { maxLength: 60 },
);

it('is a stable sort from large to small, for floats of either width', () => {
  fc.assert(
    fc.property(floats, (scores) => {
      const wanted = scores
        .map((score, index) => ({ score, index }))
        .sort((a, b) => (a.score > b.score ? -1 : a.score < b.score ? 1 : 0))
        .map(({ index }) => index);
      expect([...descendingOrder(Float32Array.from(scores))]).toEqual(wanted);
      expect([...descendingOrder(Float64Array.from(scores))]).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});
