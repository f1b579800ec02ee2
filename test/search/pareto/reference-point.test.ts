import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hypervolume, isInside } from '../../../src/search/pareto/hypervolume.js';
import { frontBox } from '../../../src/search/pareto/reference-point.js';

it('the reference is a tenth of the range behind the worst of each objective', () => {
  const fronts = [
    [0, 10],
    [4, 5],
    [10, 0],
    [2, Infinity],
  ];
  expect(frontBox(fronts)).toEqual({ ideal: [0, 0], reference: [11, 11] });
  expect(frontBox([[-2, 0]])).toEqual({ ideal: [-2, 0], reference: [-1.8, 0.1] });
  // A difference in the last bit, and one that overflows.
  const near = [
    [0.9, 1],
    [0.9 - 2 ** -53, 2],
  ];
  for (const one of near) expect(isInside(one, frontBox(near)!.reference)).toBe(true);
  const far = [[1e308], [-1e308]];
  expect(frontBox(far)).toEqual({ ideal: [-1e308], reference: [1.1e308] });
  expect(frontBox([])).toBeUndefined();
  expect(frontBox([[NaN, 1]])).toBeUndefined();
});

it('every point lies inside, and what they dominate within the box', () => {
  const point = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 8 }), (fronts) => {
      const { ideal, reference } = frontBox(fronts)!;
      for (const one of fronts) expect(isInside(one, reference)).toBe(true);
      const whole = reference.reduce((product, value, axis) => product * (value - ideal[axis]!), 1);
      const volume = hypervolume(fronts, reference);
      expect(volume).toBeGreaterThan(0);
      expect(volume).toBeLessThanOrEqual(whole * (1 + 1e-12));
    }),
  );
});
