import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/random.js';
import { dominates } from '../../../src/search/pareto/dominance.js';
import { hypervolumeHistory } from '../../../src/search/pareto/hypervolume-history.js';
import { hypervolumeSubset } from '../../../src/search/pareto/hypervolume-subset.js';
import { hypervolume, hypervolumeImprovement } from '../../../src/search/pareto/hypervolume.js';

const unit = (count: number, at: number): number[] =>
  Array.from({ length: count }, (_, index) => (index === at ? 1 : 0));
const filled = (count: number, value: number): number[] => new Array<number>(count).fill(value);

const grid = (dimensions: number, most = 10): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: dimensions, maxLength: dimensions }), {
    maxLength: most,
  });
const REFERENCE = 7;

/** Counts the unit cells that some point dominates: exact for whole numbers. */
function countedCells(points: readonly (readonly number[])[], dimensions: number): number {
  let cells = 0;
  for (let code = 0; code < REFERENCE ** dimensions; code++) {
    const cell = Array.from(
      { length: dimensions },
      (_, axis) => Math.floor(code / REFERENCE ** axis) % REFERENCE,
    );
    if (points.some((point) => point.every((value, axis) => value <= cell[axis]!))) cells++;
  }
  return cells;
}

describe('the hypervolume', () => {
  it.each([1, 2, 5, 12])('of the staircases to (n, n) and n³, n = %i', (n) => {
    const steps = Array.from({ length: n }, (_, i) => [i, n - 1 - i]);
    const beyond = Array.from({ length: n + 1 }, (_, i) => [i, n - i]);
    expect(hypervolume([...steps, ...beyond], [n, n])).toBe(n * n - (n * (n - 1)) / 2);
    const layers = Array.from({ length: n * n }, (_, code) => [Math.floor(code / n), code % n])
      .filter(([x, y]) => x! + y! <= n - 1)
      .map(([x, y]) => [x!, y!, n - 1 - x! - y!]);
    expect(hypervolume(layers, [n, n, n])).toBe(n ** 3 - ((n - 1) * n * (n + 1)) / 6);
  });

  it.each([1, 2, 3, 4, 5, 6])('of %i unit vectors and points behind them', (k) => {
    const vectors = Array.from({ length: k }, (_, at) => unit(k, at));
    const random = stream('behind', k);
    const behind = Array.from({ length: 12 }, () => vectors[0]!.map(() => 1 + random.integer(9)));
    expect(hypervolume([...vectors, ...behind], filled(k, 10))).toBe(k === 1 ? 9 : 10 ** k - 1);
    expect(hypervolumeImprovement(filled(k, 0), [filled(k, 1)], filled(k, 10))).toBe(10 ** k - 9 ** k);
  });

  it.each([1, 2, 3, 4])('counts the cells of %i objectives that are dominated', (dimensions) => {
    fc.assert(
      fc.property(grid(dimensions), (points) => {
        expect(hypervolume(points, filled(dimensions, REFERENCE))).toBe(countedCells(points, dimensions));
      }),
      { numRuns: dimensions === 4 ? 40 : 150 },
    );
  });

  it('agrees with random draws in five objectives', () => {
    const random = stream('monte carlo');
    const points = Array.from({ length: 12 }, () => Array.from({ length: 5 }, () => random.uniform()));
    const draws = 40_000;
    let inside = 0;
    for (let draw = 0; draw < draws; draw++) {
      const place = filled(5, 0).map(() => random.uniform());
      if (points.some((point) => point.every((value, axis) => value <= place[axis]!))) inside++;
    }
    const share = inside / draws;
    const error = Math.sqrt((share * (1 - share)) / draws);
    expect(Math.abs(hypervolume(points, filled(5, 1)) - share)).toBeLessThan(4 * error);
  });

  it('does not depend on order, on doubles, nor on dominated points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((dimensions) => grid(dimensions, 8)),
        (points) => {
          const reference = filled(points[0]?.length ?? 2, REFERENCE);
          const whole = hypervolume(points, reference);
          expect(hypervolume([...points].reverse(), reference)).toBe(whole);
          expect(hypervolume([...points, ...points], reference)).toBe(whole);
          const front = points.filter((point) => !points.some((other) => dominates(other, point)));
          expect(hypervolume(front, reference)).toBe(whole);
        },
      ),
    );
  });

  it('is 0 for nothing and for the border, infinite with an infinite reference', () => {
    expect(hypervolume([], [1, 1])).toBe(0);
    expect(hypervolume([[1, 0]], [1, 1])).toBe(0);
    expect(hypervolume([[Infinity, 0]], [Infinity, 1])).toBe(Infinity);
    expect(hypervolume([[0, 0]], [1, Infinity])).toBe(Infinity);
    expect(hypervolume([[0, -Infinity]], [1, 1])).toBe(Infinity);
  });

  it('is a length where there is one objective, of more points than a call may have arguments, too', () => {
    expect(
      hypervolume(
        Array.from({ length: 150_000 }, (_, index) => [index % 9]),
        [10],
      ),
    ).toBe(10);
  });

  it.each([
    ['a point beyond the reference', [[2, 0]], [1, 1]],
    ['NaN in a point', [[NaN, 0]], [1, 1]],
    ['NaN in the reference', [[0, 0]], [1, NaN]],
    ['NaN in the reference of nothing', [], [1, NaN]],
    ['another number of coordinates', [[0, 0, 0]], [1, 1]],
  ])('refuses %s', (_case, points, reference) => {
    expect(() => hypervolume(points, reference)).toThrow(RangeError);
  });

  it('improves by the difference of two volumes', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 4 })
          .chain((dimensions) => fc.tuple(grid(dimensions, 6), grid(dimensions, 1))),
        ([points, [point]]) => {
          if (point === undefined || points.some(({ length }) => length !== point.length)) return;
          const reference = filled(point.length, REFERENCE);
          const gained = hypervolume([...points, point], reference) - hypervolume(points, reference);
          expect(hypervolumeImprovement(point, points, reference)).toBe(gained);
        },
      ),
    );
    expect(hypervolumeImprovement([2, 0], [[0.5, 0.5]], [1, 1])).toBe(0);
    expect(hypervolumeImprovement([0, 0], [[2, 0]], [1, 1])).toBe(1);
    expect(() => hypervolumeImprovement([0, NaN], [], [1, 1])).toThrow(RangeError);
  });
});

describe('the history of the hypervolume', () => {
  it('leaves out what lies beyond the reference or misses a constraint', () => {
    const at = (x: number, y: number, violation = 0): { objectives: number[]; violation: number } => ({
      objectives: [x, y],
      violation,
    });
    const told = [at(1.5, 1.5), at(0.75, 0.75), at(0.5, 0.5, 1), at(0.5, 0.5), at(0.75, 0.25), at(0, 0)];
    expect(hypervolumeHistory(told, [1, 1])).toEqual([0, 0.0625, 0.0625, 0.25, 0.3125, 1]);
  });

  it('is at each trial the hypervolume of those so far', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((dimensions) => grid(dimensions)),
        (points) => {
          const reference = filled(points[0]?.length ?? 1, REFERENCE);
          const history = hypervolumeHistory(
            points.map((objectives) => ({ objectives, violation: 0 })),
            reference,
          );
          history.forEach((volume, index) =>
            expect(volume).toBe(hypervolume(points.slice(0, index + 1), reference)),
          );
        },
      ),
    );
  });
});

describe('greedy subsets', () => {
  /** Best volume of all subsets of a size. */
  function bestVolume(points: readonly number[][], reference: readonly number[], count: number): number {
    let best = 0;
    for (let code = 0; code < 2 ** points.length; code++) {
      const subset = points.filter((_, index) => ((code >> index) & 1) === 1);
      if (subset.length <= count) best = Math.max(best, hypervolume(subset, reference));
    }
    return best;
  }

  it('have at least 1 − 1/e of the best volume, and are what plain greed takes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }).chain((dimensions) => grid(dimensions, 7)),
        fc.integer({ min: 0, max: 4 }),
        (points, count) => {
          const reference = filled(points[0]?.length ?? 1, REFERENCE);
          const chosen = hypervolumeSubset(points, reference, count);
          expect(chosen).toHaveLength(Math.min(count, points.length));
          expect(new Set(chosen).size).toBe(chosen.length);
          const volume = hypervolume(
            chosen.map((index) => points[index]!),
            reference,
          );
          expect(volume).toBeGreaterThanOrEqual(
            (1 - 1 / Math.E) * bestVolume(points, reference, count) - 1e-9,
          );
          chosen.forEach((index, place) => {
            const before = chosen.slice(0, place);
            const gains = points.map((point, other) =>
              before.includes(other)
                ? -1
                : hypervolumeImprovement(
                    point,
                    before.map((one) => points[one]!),
                    reference,
                  ),
            );
            expect(index).toBe(gains.indexOf(Math.max(...gains)));
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
