import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crowdingDistances } from '../../../src/search/pareto/crowding-distances.js';
import {
  constrainedDominates,
  dominates,
  type ConstrainedPoint,
} from '../../../src/search/pareto/dominance.js';
import { constrainedRanks, nonDominatedRanks } from '../../../src/search/pareto/non-dominated-ranks.js';

const coordinate = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Infinity));
const points = (dimensions: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }), { maxLength: 25 });
const anyPoints = fc.integer({ min: 1, max: 4 }).chain(points);

const constrained = fc.integer({ min: 1, max: 3 }).chain((dimensions) =>
  fc.array(
    fc.record({
      objectives: fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }),
      violation: fc.constantFrom(0, 0, 0, 0.5, 2, Infinity),
    }),
    { maxLength: 20 },
  ),
);

/** By the definition: the first front is what nothing dominates; it is taken away, and so on. */
function definedRanks<Point>(
  list: readonly Point[],
  isBetter: (a: Point, b: Point) => boolean,
): readonly number[] {
  const ranks = new Array<number>(list.length).fill(-1);
  for (let rank = 0; ranks.includes(-1); rank++) {
    const left = list.map((_, index) => index).filter((index) => ranks[index] === -1);
    const front = left.filter((index) => !left.some((other) => isBetter(list[other]!, list[index]!)));
    front.forEach((index) => (ranks[index] = rank));
  }
  return ranks;
}

const shuffled = <Item>(list: readonly Item[], keys: readonly number[]): number[] =>
  list.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);

describe('dominance', () => {
  it('needs to be nowhere worse and somewhere better', () => {
    expect(dominates([1, 2], [1, 3])).toBe(true);
    expect(dominates([1, 2], [1, 2])).toBe(false);
    expect(dominates([1, 3], [2, 2])).toBe(false);
    expect(dominates([1, 2], [Infinity, Infinity])).toBe(true);
    expect(dominates([1], [2])).toBe(true);
  });

  it('is an order: irreflexive, asymmetric, transitive; with constraints, too', () => {
    fc.assert(
      fc.property(constrained, (list) => {
        for (const a of list) {
          expect(constrainedDominates(a, a)).toBe(false);
          for (const b of list) {
            if (constrainedDominates(a, b)) expect(constrainedDominates(b, a)).toBe(false);
            for (const c of list) {
              if (constrainedDominates(a, b) && constrainedDominates(b, c)) {
                expect(constrainedDominates(a, c)).toBe(true);
              }
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('puts what keeps the constraints first, then what misses them by less', () => {
    const at = (objectives: number[], violation: number): ConstrainedPoint => ({ objectives, violation });
    expect(constrainedDominates(at([9, 9], 0), at([0, 0], 0.1))).toBe(true);
    expect(constrainedDominates(at([9, 9], 0.1), at([0, 0], 0.2))).toBe(true);
    expect(constrainedDominates(at([0, 0], 0.1), at([9, 9], 0.1))).toBe(false);
    expect(constrainedDominates(at([0, 0], Infinity), at([9, 9], Infinity))).toBe(false);
    expect(constrainedDominates(at([0, 1], 0), at([1, 1], 0))).toBe(true);
  });
});

describe('non-dominated ranks', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(anyPoints, (list) => {
        expect(nonDominatedRanks(list)).toEqual(definedRanks(list, dominates));
      }),
      { numRuns: 300 },
    );
  });

  it('with constraints, too', () => {
    fc.assert(
      fc.property(constrained, (list) => {
        expect(constrainedRanks(list)).toEqual(definedRanks(list, constrainedDominates));
      }),
      { numRuns: 300 },
    );
  });

  it('do not depend on the order of the points', () => {
    fc.assert(
      fc.property(anyPoints, fc.array(fc.nat(), { minLength: 25, maxLength: 25 }), (list, keys) => {
        const order = shuffled(list, keys);
        const ranks = nonDominatedRanks(list);
        expect(nonDominatedRanks(order.map((index) => list[index]!))).toEqual(
          order.map((index) => ranks[index]),
        );
      }),
    );
  });

  it('take 10,000 points of two objectives in well under a second', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => [
      (index * 7919) % 10_007,
      (index * 104_729) % 10_009,
    ]);
    const ranks = nonDominatedRanks(many);
    expect(Math.min(...ranks)).toBe(0);
    expect(ranks).toHaveLength(10_000);
  }, 1000);
});

describe('crowding distances', () => {
  it('are those of a worked example', () => {
    // Gaps over the ranges 4 and 8: (3 − 0)/4 + (8 − 1)/8, (4 − 1)/4 + (4 − 0)/8.
    expect(
      crowdingDistances([
        [1, 4],
        [0, 8],
        [4, 0],
        [3, 1],
      ]),
    ).toEqual([3 / 4 + 7 / 8, Infinity, Infinity, 3 / 4 + 4 / 8]);
  });

  it('are infinite for few points, and 0 where all are equal', () => {
    expect(crowdingDistances([])).toEqual([]);
    expect(crowdingDistances([[1, 2]])).toEqual([0]);
    expect(
      crowdingDistances([
        [1, 2],
        [2, 1],
      ]),
    ).toEqual([Infinity, Infinity]);
    expect(
      crowdingDistances([
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toEqual([0, 0, 0]);
  });

  it('are no NaN with infinite coordinates, and follow the points into any order', () => {
    fc.assert(
      fc.property(
        anyPoints,
        fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (list, values, keys) => {
          expect(crowdingDistances(list).some(Number.isNaN)).toBe(false);
          const front = values.map((value) => [value, 1000 - value, value ** 2]);
          const order = shuffled(front, keys);
          const distances = crowdingDistances(front);
          const moved = crowdingDistances(order.map((index) => front[index]!));
          expect(moved).toEqual(order.map((index) => distances[index]));
        },
      ),
    );
  });
});
