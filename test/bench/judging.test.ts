import { withRecorded } from '../../bench/samplers/csv.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionReached, hitTimes, logPoints, TARGETS } from '../../bench/samplers/ecdf.js';
import { equivalentDraws, expectedBest, expectedBestOfDraws } from '../../bench/samplers/expected-best.js';
import { judge, meanInterval, runningBest } from '../../bench/samplers/judge.js';
import { createLattice } from '../../bench/samplers/lattice.js';
import { createLandscape, type LandscapeRecord } from '../../bench/samplers/landscape.js';
import { bestBySpending, runBrackets } from '../../bench/samplers/run-brackets.js';
import { benchSpace, boxSpace } from '../../bench/samplers/spaces.js';
import { stream } from '../../src/core/random.js';
import { full } from '../../src/fidelity/full.js';
import { hyperband } from '../../src/fidelity/hyperband.js';
import { random } from '../../src/search/random.js';

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 });
const ascending = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

/** Mean of the smallest over all subsets of n. */
function bySubsets(list: readonly number[], n: number): number {
  let sum = 0;
  let count = 0;
  const choose = (start: number, left: number, smallest: number): void => {
    if (left === 0) {
      sum += smallest;
      count++;
      return;
    }
    for (let i = start; i <= list.length - left; i++) choose(i + 1, left - 1, Math.min(smallest, list[i]!));
  };
  choose(0, n, Infinity);
  return sum / count;
}

describe('the exact expectation of the best random draw', () => {
  it('is the mean over all subsets', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, pick) => {
        const n = 1 + (pick % list.length);
        expect(expectedBest(ascending(list), n)).toBeCloseTo(bySubsets(list, n), 8);
      }),
    );
  });

  it('of independent draws is the mean for one, falls with more, and ends at the minimum', () => {
    const sorted = [
      { value: 1, weight: 0.1 },
      { value: 2, weight: 0.6 },
      { value: 5, weight: 0.3 },
    ];
    expect(expectedBestOfDraws(sorted, 1)).toBeCloseTo(0.1 + 1.2 + 1.5, 12);
    // Both draws are 5: 0.09; none is 1: 0.81.
    expect(expectedBestOfDraws(sorted, 2)).toBeCloseTo(0.19 + 2 * (0.81 - 0.09) + 5 * 0.09, 12);
    expect(expectedBestOfDraws(sorted, 1000)).toBeCloseTo(1, 12);
  });

  it('tells how many draws are as good as a value', () => {
    const sorted = Array.from({ length: 1000 }, (_, index) => index);
    const expectation = (n: number): number => expectedBest(sorted, n);
    for (const n of [1, 2, 17, 300]) {
      expect(equivalentDraws(expectation, expectation(n), 1000)).toBe(n);
      expect(equivalentDraws(expectation, expectation(n) + 1e-9, 1000)).toBe(n - 1);
    }
    expect(equivalentDraws(expectation, 999, 1000)).toBe(0);
    expect(equivalentDraws(expectation, -1, 1000)).toBe(1000);
  });
});

describe('the judgement of a sampler', () => {
  it('has regret 1 and one draw for what one draw is expected to give, and 0 at the optimum', () => {
    const sorted = [0, 1, 2, 3, 4];
    const chance = {
      ...{ optimum: 0, most: 5, expectation: (n: number) => expectedBest(sorted, n) },
      partBelow: (value: number) => sorted.filter((other) => other < value).length / 5,
    };
    // A hair below the mean of all, which is rounded.
    const one = judge([2 - 1e-9, 2 - 1e-9, 2 - 1e-9], chance);
    expect(one.regret.mean).toBeCloseTo(1, 8);
    expect(one.draws).toEqual({ mean: 1, low: 1, high: 1 });
    expect(one.medianQuantile).toBe(0.4);
    expect(judge([0, 0], chance)).toMatchObject({
      regret: { mean: 0 },
      draws: { mean: 5 },
      medianQuantile: 0,
    });
  });

  it('has the 95 % interval of Student for the mean', () => {
    // t of 4 degrees of freedom: 2.776445105.
    const { mean, low, high } = meanInterval([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(high - 3).toBeCloseTo((2.776445105 * Math.sqrt(2.5)) / Math.sqrt(5), 8);
    expect(3 - low).toBeCloseTo(high - 3, 12);
  });

  it('keeps the last best where a search ended early', () => {
    expect(runningBest([3, 5, 1], 5)).toEqual([3, 3, 1, 1, 1]);
  });
});

describe('the distribution of runtimes', () => {
  it('has 51 targets from 10² to 10⁻⁸', () => {
    expect(TARGETS).toHaveLength(51);
    expect(TARGETS[0]).toBe(100);
    expect(TARGETS[50]).toBeCloseTo(1e-8, 20);
    expect(TARGETS[10]).toBeCloseTo(1, 12);
  });

  it('counts a target from the first evaluation that reaches it', () => {
    expect(hitTimes([50, 7, 30, 0.5], [100, 10, 7, 1, 0.1])).toEqual([1, 2, 2, 4, Infinity]);
    expect(fractionReached([1, 2, 2, 4, Infinity], 2)).toBe(0.6);
    expect(fractionReached([1, 2, 2, 4, Infinity], 1e9)).toBe(0.8);
  });

  it('has log-spaced points that rise and end at the limit', () => {
    const points = logPoints(300);
    expect(points[0]).toBe(1);
    expect(points.at(-1)).toBe(300);
    expect(points.every((point, index) => index === 0 || point > points[index - 1]!)).toBe(true);
  });
});

const space = benchSpace('cut', {
  family: { type: 'categorical', choices: ['a', 'b'] },
  level: { type: 'int', low: 1, high: 3 },
  rate: { type: 'float', low: 1e-3, high: 1, log: true },
});

describe('a lattice', () => {
  const lattice = createLattice(space, { rate: 4 });

  it('has a point for each cell, in its own cell, with weights that sum to 1', () => {
    expect(lattice.points).toHaveLength(2 * 3 * 4);
    lattice.points.forEach(({ assignment }, index) => expect(lattice.indexOf(assignment)).toBe(index));
    expect(lattice.points.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('is met by random draws as often as the weights say', () => {
    const draws = stream('lattice');
    const counts = lattice.points.map(() => 0);
    for (let draw = 0; draw < 24_000; draw++) {
      counts[lattice.indexOf(space.decode([draws.uniform(), draws.uniform(), draws.uniform()]))]!++;
    }
    // Binomial with mean 1000 and deviation 31.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * 31);
  });
});

describe('a search on a landscape', () => {
  const line = boxSpace(1);
  const curveOf = ({ x0 }: Readonly<Record<string, unknown>>): number[] =>
    Array.from({ length: 9 }, (_, index) => Math.abs(x0 as number) + 1 / (index + 1));
  const plan = { sampler: random, options: {}, space: line, seed: 's', full: 9, curveOf };

  it('spends a whole training for each trial without a policy', () => {
    const finished = runBrackets({ ...plan, policy: full, budget: 72 });
    expect(finished.map(({ spent }) => spent)).toEqual([9, 18, 27, 36, 45, 54, 63, 72]);
  });

  it('spends what the rungs of Hyperband cost, the last rung one training after another', () => {
    // 9 at 1, 3 go on to 3, 1 to 9: 9 + 3·2 + 6 = 21; then 5 at 3, 1 to 9: 15 + 6; then 3 at 9.
    const finished = runBrackets({ ...plan, policy: hyperband, budget: 21 + 21 + 27 });
    expect(finished.map(({ spent }) => spent)).toEqual([21, 42, 51, 60, 69]);
  });

  it('counts only what was trained to the end', () => {
    const finished = [
      { spent: 21, value: 5 },
      { spent: 42, value: 3 },
    ];
    expect(bestBySpending(finished, 9, 6)).toEqual([Infinity, Infinity, 5, 5, 3, 3]);
  });

  it('refuses a record that does not fit its space', () => {
    const record: Omit<LandscapeRecord, 'curves'> = {
      ...{ name: 'x', metric: 'auroc', seeds: 1, cells: { x0: 2 }, scale: 100 },
      direction: 'maximize',
      space: {
        ...{ name: 'line', parameters: { x0: { type: 'float', low: 0, high: 1 } } },
        candidate: { loss: { name: 'focal', parameters: { gamma: '$x0' } } },
      },
    };
    expect(() => createLandscape({ ...record, curves: [[1]] })).toThrow(/2 cells, not 1/);
    const landscape = createLandscape({ ...record, curves: [[50, 75], null] });
    expect(landscape.curveOf({ x0: 0.1 })).toEqual([-0.5, -0.75]);
    expect(landscape.curveOf({ x0: 0.9 })).toEqual([]);
  });
});

describe('rows of a CSV', () => {
  const row = (
    problem: string,
    sampler: string,
    value: number,
  ): Readonly<Record<string, string | number>> => ({
    problem,
    sampler,
    value,
  });
  const recorded = [row('p', 'a', 1), row('p', 'a', 2), row('p', 'b', 3), row('q', 'a', 4), row('q', 'b', 5)];
  const merge = (rows: readonly Readonly<Record<string, string | number>>[]): unknown =>
    withRecorded(recorded, rows, ({ problem }) => problem);

  it('stay where their sampler did not run, and give way in their place where it did', () => {
    expect(merge([])).toEqual(recorded);
    expect(merge([row('p', 'a', 9), row('q', 'c', 8)])).toEqual([
      row('p', 'a', 9),
      row('p', 'b', 3),
      row('q', 'a', 4),
      row('q', 'b', 5),
      row('q', 'c', 8),
    ]);
    expect(merge(recorded)).toEqual(recorded);
  });
});
