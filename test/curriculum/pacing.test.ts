import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacingName } from '../../src/candidate/candidate.js';
import { PACING_NAMES } from '../../src/candidate/curriculum-schema.js';
import { pacedCount, pacedSize } from '../../src/curriculum/paced-count.js';
import { builtinPacings } from '../../src/curriculum/registry.js';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const part = fc.double({ min: 0.001, max: 1, noNaN: true });

describe('the table of pacing functions (N 1000, T 100, a 0.5, b 0.2; t = 0, 10, 25, 50)', () => {
  it.each<[PacingName, readonly number[]]>([
    ['linear', [200, 360, 600, 1000]],
    ['quadratic', [200, 232, 400, 1000]],
    ['root', [200, 557.77, 765.69, 1000]],
    ['exponential', [200, 200.23, 205.35, 1000]],
    ['logarithmic', [200, 871.26, 944.56, 1000]],
    ['step', [200, 200, 200, 1000]],
  ])('%s', (name, sizes) => {
    const pacing = { function: name, start: 0.2, full: 0.5 };
    [0, 10, 25, 50].forEach((step, index) => {
      const size = pacedSize({ pacing, available: 1000, progress: step / 100 });
      expect(Math.abs(size - sizes[index]!)).toBeLessThanOrEqual(0.005);
      expect(pacedCount({ pacing, available: 1000, progress: step / 100 })).toBe(Math.round(sizes[index]!));
    });
  });
});

it('serves exactly the names that a candidate may use', () => {
  expect(builtinPacings.members.map(({ name }) => name)).toEqual([...PACING_NAMES]);
});

describe.each(builtinPacings.members.map((pacing) => [pacing.name as PacingName, pacing] as const))(
  'pacing %s',
  (name, { growth, summary }) => {
    it('has a summary of one line', () => {
      expect(summary).toMatch(/^.+$/);
    });

    it('grows from 0 to 1 and never falls', () => {
      expect(growth(0)).toBeCloseTo(0, 12);
      expect(growth(1)).toBeCloseTo(1, 5);
      fc.assert(
        fc.property(fraction, fraction, (a, b) => {
          expect(growth(Math.max(a, b))).toBeGreaterThanOrEqual(growth(Math.min(a, b)));
        }),
      );
    });

    it('counts whole samples from the start fraction to all of them, and never fewer than before', () => {
      fc.assert(
        fc.property(
          part,
          part,
          fraction,
          fraction,
          fc.integer({ min: 1, max: 5000 }),
          (start, full, a, b, n) => {
            const pacing = { function: name, start, full };
            const count = (progress: number): number => pacedCount({ pacing, available: n, progress });
            const [early, late] = [count(Math.min(a, b)), count(Math.max(a, b))];
            expect(Number.isInteger(early)).toBe(true);
            expect(early).toBeGreaterThanOrEqual(1);
            expect(early).toBeLessThanOrEqual(late);
            expect(late).toBeLessThanOrEqual(n);
            expect(count(0)).toBe(Math.max(1, Math.round(n * start)));
            expect(count(full)).toBe(n);
            expect(count(1)).toBe(n);
          },
        ),
      );
    });
  },
);
