import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { commonPart, type Feature } from '../../src/importance/fanova/feature.js';
import { growTree, type Sample } from '../../src/importance/fanova/grow-tree.js';
import { cutsOf, marginalVariance, momentsOf } from '../../src/importance/fanova/marginal.js';
import { leavesOf, type Tree } from '../../src/importance/fanova/tree.js';

const numeric = (low: number, high: number): Feature => ({ kind: 'numeric', low, high });

describe('the fixture: x1 ≤ .5 ? (x2 ≤ 1.5 ? .1 : .2) : .5, with x0, x1 in [0, 1] and x2 in [0, 2]', () => {
  const features = [numeric(0, 1), numeric(0, 1), numeric(0, 2)];
  const tree: Tree = {
    split: { feature: 1, threshold: 0.5 },
    left: { split: { feature: 2, threshold: 1.5 }, left: { value: 0.1 }, right: { value: 0.2 } },
    right: { value: 0.5 },
  };
  const leaves = leavesOf(tree, features);

  it('has the mean and the variance of the space', () => {
    expect(momentsOf(leaves).mean).toBeCloseTo(0.3125, 12);
    expect(momentsOf(leaves).variance).toBeCloseTo(0.03609375, 12);
  });

  it('has these marginals, by one way of computing them and by the other', () => {
    for (const [feature, variance, part] of [
      [0, 0, 0],
      [1, 0.03515625, 0.974026],
      [2, 0.00046875, 0.012987],
    ] as const) {
      const found = marginalVariance(leaves, features, [feature]);
      expect(found).toBeCloseTo(variance, 12);
      expect(found / momentsOf(leaves).variance).toBeCloseTo(part, 6);
      // x0 tells nothing, so beside it another feature explains what it explains by itself.
      if (feature !== 0) expect(marginalVariance(leaves, features, [0, feature])).toBeCloseTo(variance, 12);
    }
    expect(marginalVariance(leaves, features, [0, 1, 2])).toBeCloseTo(0.03609375, 12);
  });

  it('has these midpoints', () => {
    const midpoints = (feature: number): number[] => {
      const cuts = cutsOf(leaves, feature);
      return cuts.slice(1).map((cut, index) => (cut + cuts[index]!) / 2);
    };
    expect([0, 1, 2].map(midpoints)).toEqual([[0.5], [0.25, 0.75], [0.75, 1.75]]);
  });
});

describe('marginals', () => {
  it('of a table of categories are the sums of squares of its analysis of variance', () => {
    const features: Feature[] = [
      { kind: 'categorical', size: 2 },
      { kind: 'categorical', size: 3 },
    ];
    const table = [
      [1, 2, 6],
      [3, 2, 4],
    ];
    const points = [0, 1].flatMap((a) => [0, 1, 2].map((b) => [a, b]));
    const values = points.map(([a, b]) => table[a!]![b!]!);
    const leaves = leavesOf(
      growTree(
        { features, points, values },
        points.map((_, index) => index),
      ),
      features,
    );
    const variance = (all: readonly number[]): number => {
      const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
      return all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length;
    };
    expect(momentsOf(leaves).variance).toBeCloseTo(variance(values), 12);
    expect(marginalVariance(leaves, features, [0])).toBeCloseTo(variance([3, 3]), 12);
    expect(marginalVariance(leaves, features, [1])).toBeCloseTo(variance([2, 2, 5]), 12);
  });

  it('of grown trees: boxes fill the space, no part exceeds the whole, pairs hold their members', () => {
    const features: Feature[] = [numeric(0, 1), { kind: 'categorical', size: 4 }, numeric(0, 1)];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = stream('fanova test', seed);
        const points = Array.from({ length: 30 }, () => [
          random.uniform(),
          random.integer(4),
          random.uniform(),
        ]);
        const values = points.map(([a, b, c]) => a! * b! + c! ** 2 + 0.1 * random.normal());
        const sample: Sample = { features, points, values };
        const drawn = points.map(() => random.integer(points.length));
        const leaves = leavesOf(growTree(sample, drawn), features);
        expect(leaves.reduce((sum, { volume }) => sum + volume, 0)).toBeCloseTo(1, 10);
        leaves.forEach((one, i) => {
          leaves.slice(i + 1).forEach((two) => {
            const common = features.reduce(
              (part, feature, index) => part * commonPart(one.box[index]!, two.box[index]!, feature),
              1,
            );
            expect(common).toBe(0);
          });
        });
        const { variance } = momentsOf(leaves);
        const single = [0, 1, 2].map((index) => marginalVariance(leaves, features, [index]));
        expect(single.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(variance * (1 + 1e-9));
        expect(marginalVariance(leaves, features, [0, 1])).toBeGreaterThanOrEqual(
          single[0]! + single[1]! - 1e-12,
        );
        // Both ways of computing a marginal agree: with a feature that has one value beside it.
        const wider = [...features, numeric(0, 1)];
        const widened = leaves.map((leaf) => ({
          ...leaf,
          box: [...leaf.box, { kind: 'numeric' as const, low: 0, high: 1 }],
        }));
        expect(marginalVariance(widened, wider, [1, 3])).toBeCloseTo(single[1]!, 10);
        expect(marginalVariance(widened, wider, [0, 3])).toBeCloseTo(single[0]!, 10);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('of a tree on unequal values predict every point that was drawn', () => {
    const features = [numeric(0, 1)];
    const points = [[0.1], [0.2], [0.7], [0.9]];
    const values = [3, 1, 4, 1.5];
    const leaves = leavesOf(growTree({ features, points, values }, [0, 1, 2, 3]), features);
    expect(leaves.map(({ value }) => value)).toEqual(values);
    expect(cutsOf(leaves, 0)).toEqual([
      0,
      expect.closeTo(0.15),
      expect.closeTo(0.45),
      expect.closeTo(0.8),
      1,
    ]);
  });
});
