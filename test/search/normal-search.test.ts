import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { bordersOf } from '../../src/search/normal-search/borders.js';
import { linearQuadratic, linearQuadraticInverse } from '../../src/search/normal-search/bounds.js';
import { drawOf } from '../../src/search/normal-search/draws.js';
import { withMargin } from '../../src/search/normal-search/margin.js';
import type { NormalDistribution } from '../../src/search/normal-search/normal-distribution.js';
import { upperTail } from '../../src/statistics/normal-distribution.js';
import { upperQuantile } from '../../src/statistics/normal-quantile.js';
import { firstRun, nextRun, type Run } from '../../src/search/normal-search/restarts.js';
import { isInside, searchCube } from '../../src/search/normal-search/search-cube.js';
import { replaySearch } from '../../src/search/normal-search/search.js';
import type { SearchState } from '../../src/search/normal-search/search-state.js';
import {
  flatWindow,
  memoryOf,
  mostGenerations,
  stopReason,
  type Progress,
} from '../../src/search/normal-search/stop.js';
import { warmStart } from '../../src/search/normal-search/warm-start.js';
import { cmaDistribution, cmaEs } from '../../src/search/cma-es.js';
import { intEntry } from '../../src/space/int-entry.js';
import type { Observation } from '../../src/search/sampler.js';
import type { Space } from '../../src/space/space.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { floatSpace, testSpace } from './support/space.js';

/** Recorded from the package cmaes 0.13.1. */
interface Recorded {
  readonly warm: {
    readonly points: readonly number[][];
    readonly values: readonly number[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly covariance: readonly number[][];
  };
  readonly margin: readonly {
    readonly mean: number;
    readonly sigma: number;
    readonly variance: number;
    readonly factor: number;
    readonly margin: number;
    readonly meanAfter: number;
    readonly factorAfter: number;
  }[];
}

const recorded = JSON.parse(
  readFileSync(new URL('support/cmaes-normal-search.json', import.meta.url), 'utf8'),
) as Recorded;

/** A distribution of which nothing but its margins is asked. */
const distributionOf = (mean: number, sigma: number, deviation: number): NormalDistribution => ({
  mean: [mean],
  sigma,
  deviations: [deviation],
  stepOf: (z) => z,
  standardOf: (y) => y,
  axes: () => ({ shortest: deviation, longest: deviation }),
  updated: () => distributionOf(mean, sigma, deviation),
  movedTo: ([moved]) => distributionOf(moved!, sigma, deviation),
});

const stateOf = (
  space: Space,
  history: readonly Observation[],
  given: Readonly<Record<string, unknown>> = {},
  prior?: readonly Observation[],
): SearchState => {
  const options = cmaEs.schema.parse(given);
  return replaySearch({
    name: 'cma-es',
    start: cmaDistribution(options),
    bounds: options.bounds,
    options,
    space,
    seed: 's',
    history,
    ...(prior === undefined ? {} : { prior }),
  });
};

describe('bounds that draw anew', () => {
  const space = floatSpace(2);
  const valueOf = (shift: number): Observation[] =>
    runSearch({
      sampler: cmaEs,
      space: floatSpace(5),
      seed: 'corner',
      trials: 300,
      options: {},
      objective: (x) => numbersOf(x).reduce((sum, value) => sum + Math.abs(value - shift), 0),
    });

  it('reach a corner, to the last digit', () => {
    expect(bestValue(valueOf(0))).toBe(0);
    expect(bestValue(valueOf(1))).toBe(0);
  });

  it.each([0.9, 0.97, 0.99])('do not lose a mean that has left the range: the optimum at %f', (center) => {
    for (let seed = 0; seed < 6; seed++) {
      const found = runSearch({
        ...{ sampler: cmaEs, space: floatSpace(5), seed: `near/${seed}`, trials: 600, options: {} },
        objective: (x) => sphere(center)(numbersOf(x)),
      });
      expect(bestValue(found)).toBeLessThan(1e-4);
    }
  });

  it('count a cut draw as where it was cut where the mean is away, as drawn elsewhere', () => {
    const state = stateOf(space, [], {});
    const away = { ...state, distribution: state.distribution.movedTo([1.4, 0.95]), draws: new Map() };
    const problem = {
      ...{ name: 'cma-es', seed: 's', cube: searchCube(space), lambda: 6, sigma: 1 / 6 },
      restart: 'none',
      bounds: 'redraw',
      start: cmaDistribution(cmaEs.schema.parse({})),
    } as const;
    const { sigma } = away.distribution;
    const told = Array.from({ length: 200 }, (_, trial) => drawOf(away, trial, problem).step.y);
    const ends = told.map(([y]) => 1.4 + sigma * y!);
    expect(ends.every((x) => x <= 1 + 1e-12)).toBe(true);
    expect(ends.filter((x) => Math.abs(x - 1) < 1e-12).length).toBeGreaterThan(150);
    expect(told.some(([, y]) => 0.95 + sigma * y! > 1.1)).toBe(true);
  });

  it('leave no draw outside that need not be, and cut the last one', () => {
    const state = stateOf(space, [], { sigma: 0.4 });
    const problem = {
      ...{ name: 'cma-es', seed: 's', cube: searchCube(space), lambda: 6, sigma: 0.4 },
      restart: 'none',
      start: cmaDistribution(cmaEs.schema.parse({})),
    } as const;
    const trials = Array.from({ length: 2000 }, (_, trial) => trial);
    const outside = (bounds: 'transform' | 'redraw'): number =>
      trials.filter((trial) => {
        const { step, assignment } = drawOf({ ...state, draws: new Map() }, trial, { ...problem, bounds });
        const point = step.y.map((y) => 0.5 + 0.4 * y);
        const isOut = point.some((x) => x < 0 || x > 1);
        if (bounds === 'redraw') {
          numbersOf(assignment).forEach((x, index) =>
            expect(x).toBeCloseTo(Math.min(1, Math.max(0, point[index]!)), 9),
          );
        }
        return isOut;
      }).length;
    // P(|x − ½| > ½) = 0.211 in each of two coordinates: 0.378 of the first draws, 0.0204 of four.
    expect(outside('transform') / 2000).toBeCloseTo(0.378, 1);
    expect(outside('redraw') / 2000).toBeGreaterThan(0.01);
    expect(outside('redraw') / 2000).toBeLessThan(0.03);
  });

  it('do not look at coordinates that show in no value', () => {
    const conditional = testSpace([
      { name: 'k', kind: 'categorical', choices: ['a', 'b'] },
      { name: 'x', kind: 'float', low: 0, high: 1, when: [{ entry: 'k', oneOf: ['a'] }] },
      { name: 'n', kind: 'int', low: 0, high: 3 },
    ]);
    const cube = searchCube(conditional);
    expect(isInside(cube, [1.5, 7], { k: 'b', n: 3 })).toBe(true);
    expect(isInside(cube, [1.5, 7], { k: 'a', x: 1, n: 3 })).toBe(false);
    expect(isInside(cube, [1, -7], { k: 'a', x: 1, n: 0 })).toBe(true);
  });
});

describe('bounds', () => {
  it('map as pycma does', () => {
    const mapped = [-0.1, 0, 0.05, 1, 1.2].map((value) => linearQuadratic(value, 0, Infinity));
    [0.0125, 0.0125, 0.05, 1, 1.2].forEach((value, index) => expect(mapped[index]).toBeCloseTo(value, 14));
  });

  it('keep everything inside, smoothly, and change nothing in the middle', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (value) => {
        const mapped = linearQuadratic(value, 0, 1);
        expect(mapped).toBeGreaterThanOrEqual(0);
        expect(mapped).toBeLessThanOrEqual(1);
        if (value >= 0.05 && value <= 0.95) expect(mapped).toBe(value);
        // No slope is steeper than 1, so neighbours stay neighbours.
        expect(Math.abs(linearQuadratic(value + 1e-4, 0, 1) - mapped)).toBeLessThan(1.0001e-4);
        expect(linearQuadratic(1 - value, 0, 1)).toBeCloseTo(1 - mapped, 9);
        expect(linearQuadratic(value + 2.2, 0, 1)).toBeCloseTo(mapped, 9);
      }),
    );
  });

  it('treat infinite bounds as none', () => {
    expect(linearQuadratic(-1e6, -Infinity, 0)).toBe(-1e6);
    expect(linearQuadratic(0.1, -Infinity, 0)).toBeCloseTo(-0.0125, 14);
    expect(linearQuadratic(7, -Infinity, Infinity)).toBe(7);
  });

  it('have an inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        expect(linearQuadratic(linearQuadraticInverse(value, 0, 1), 0, 1)).toBeCloseTo(value, 12);
      }),
    );
    expect(() => linearQuadraticInverse(1.1, 0, 1)).toThrow(RangeError);
  });
});

describe('the normal distribution', () => {
  it('has its known tails and quantiles', () => {
    // Abramowitz & Stegun, tables 26.1 and 26.2.
    const tails = [
      [0, 0.5],
      [1, 0.15865525393145705],
      [1.959963984540054, 0.025],
      [2.5, 0.006209665325776132],
      [3, 0.0013498980316300946],
      [5, 2.866515718791939e-7],
      [10, 7.61985302416047e-24],
    ] as const;
    for (const [x, tail] of tails) {
      expect(upperTail(x) / tail).toBeCloseTo(1, 12);
      expect(upperTail(-x)).toBeCloseTo(1 - tail, 14);
    }
    expect(upperQuantile(0.025)).toBeCloseTo(1.959963984540054, 12);
    expect(upperQuantile(0.5)).toBeCloseTo(0, 14);
    expect(() => upperQuantile(0)).toThrow(RangeError);
    expect(() => upperQuantile(0.6)).toThrow(RangeError);
  });

  it('has a quantile that undoes the tail, however small', () => {
    fc.assert(
      fc.property(fc.double({ min: -280, max: -0.302, noNaN: true }), (exponent) => {
        const probability = 10 ** exponent;
        expect(upperTail(upperQuantile(probability)) / probability).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('bins', () => {
  it('end where the entry says, equal or not', () => {
    expect(bordersOf(intEntry('k', { low: 1, high: 4 }))).toEqual([0.25, 0.5, 0.75]);
    const cells = bordersOf(intEntry('k', { low: 1, high: 3, log: true }))!;
    // Cells from log(k − ½) to log(k + ½).
    const place = (value: number): number => Math.log(value / 0.5) / Math.log(3.5 / 0.5);
    expect(cells[0]).toBeCloseTo(place(1.5), 12);
    expect(cells[1]).toBeCloseTo(place(2.5), 12);
    expect(bordersOf(intEntry('k', { low: 1, high: 1000 }))).toBeUndefined();
  });

  it('have a margin as in the package cmaes', () => {
    for (const one of recorded.margin) {
      const { mean, sigma, variance, factor, margin } = one;
      const borders = [0.5, 1.5, 2.5, 3.5];
      const after = withMargin(distributionOf(mean, sigma, Math.sqrt(variance)), [factor], [borders], margin);
      expect(after.mean[0]).toBeCloseTo(one.meanAfter, 7);
      expect(after.factors[0]! / one.factorAfter).toBeCloseTo(1, 7);
    }
    expect(recorded.margin.length).toBeGreaterThan(8);
  });

  it('are never left for good: every side that has values keeps its share', () => {
    const borders = [0.25, 0.5, 0.75];
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 4, noNaN: true }),
        fc.double({ min: -6, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 0.12, noNaN: true }),
        (mean, exponent, alpha) => {
          const sigma = 10 ** exponent;
          const after = withMargin(distributionOf(mean, sigma, 1), [1], [borders], alpha);
          const [center, deviation] = [after.mean[0]!, sigma * after.factors[0]!];
          const below = borders.filter((border) => border < center);
          const above = borders.filter((border) => border >= center);
          const shares = [
            ...(below.length > 0 ? [upperTail((center - below.at(-1)!) / deviation)] : []),
            ...(above.length > 0 ? [upperTail((above[0]! - center) / deviation)] : []),
          ];
          // Sides of an inner bin share α, that of an outermost one has it alone.
          const least = shares.length === 1 ? alpha : 0;
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(least * (1 - 1e-6));
          const leave = shares.reduce((sum, one) => sum + one, 0);
          expect(leave).toBeGreaterThanOrEqual(0.8 * alpha);
          expect(shares.every((share) => share > 0.35 * alpha)).toBe(true);
        },
      ),
    );
    const far = distributionOf(0.3, 0.01, 1);
    expect(withMargin(far, [1], [undefined], 0.1)).toEqual({ mean: [0.3], factors: [1] });
  });

  it('of integers are left long after the rest has converged', () => {
    const space = testSpace([
      { name: 'x', kind: 'float', low: 0, high: 1 },
      { name: 'k', kind: 'int', low: 0, high: 9 },
      { name: 'c', kind: 'categorical', choices: ['a', 'b', 'c'] },
    ]);
    const history = runSearch({
      sampler: cmaEs,
      space,
      seed: 'margin',
      trials: 1400,
      options: { restart: 'none' },
      objective: ({ x, k, c }) =>
        ((x as number) - 0.3) ** 2 + Math.abs((k as number) - 7) + (c === 'c' ? 0 : 1),
    });
    const late = history.slice(-700);
    expect(bestValue(late)).toBeLessThan(1e-8);
    // λ = 7, n = 3: a margin of 1/21 a side at most; the two leave together in a few per cent of the trials at least.
    for (const name of ['k', 'c']) {
      const left = late.filter(({ assignment }) => assignment[name] !== (name === 'k' ? 7 : 'c')).length;
      expect(left / late.length).toBeGreaterThan(0.02);
      expect(left / late.length).toBeLessThan(0.3);
    }
  });

  it('of lists of numbers are about equally likely at first', () => {
    for (const count of [3, 4, 6]) {
      const choices = Array.from({ length: count }, (_, index) => 10 ** index);
      const space = testSpace([{ name: 'c', kind: 'categorical', choices }]);
      const first = runSearch({
        sampler: cmaEs,
        space,
        seed: 'equal',
        trials: 3000,
        waveSize: 3000,
        objective: () => 0,
      });
      for (const choice of choices) {
        const part = first.filter(({ assignment }) => assignment['c'] === choice).length / 3000;
        expect(part * count).toBeGreaterThan(0.75);
        expect(part * count).toBeLessThan(1.35);
      }
    }
  });
});

describe('generations', () => {
  const space = floatSpace(3);
  const run = (waveSize: number, trials: number, options = {}): Observation[] =>
    runSearch({
      sampler: cmaEs,
      space,
      seed: 's',
      trials,
      waveSize,
      options,
      objective: (x) => sphere(0.7)(numbersOf(x)),
    });

  it('are the same whatever the size of the waves that make them', () => {
    const assignments = (waveSize: number): unknown =>
      run(waveSize, 96, { population: 12 }).map(({ assignment }) => assignment);
    for (const waveSize of [2, 3, 4, 6, 12]) expect(assignments(waveSize)).toEqual(assignments(1));
    expect(assignments(5)).not.toEqual(assignments(1));
  });

  it('come from one distribution, which changes once λ trials are told', () => {
    const history = run(4, 40, { population: 10 });
    const means = Array.from({ length: 11 }, (_, waves) => {
      const { distribution, pending, trials } = stateOf(space, history.slice(0, 4 * waves), {
        population: 10,
      });
      expect(pending.length + trials).toBe(4 * waves);
      expect(pending.length).toBe((waves % 3) * 4);
      return distribution.mean;
    });
    means.slice(1).forEach((mean, index) => {
      if ((index + 1) % 3 === 0) expect(mean).not.toEqual(means[index]);
      else expect(mean).toEqual(means[index]);
    });
  });

  it('take a wave of more trials whole', () => {
    const { trials, pending, progress } = stateOf(space, run(27, 54));
    expect([trials, pending.length, progress.generations]).toEqual([54, 0, 2]);
  });

  it('in which all failed teach nothing', () => {
    const start = stateOf(space, []);
    const failed = run(7, 7).map((one) => ({ ...one, value: Infinity, curve: [Infinity] }));
    const after = stateOf(space, failed);
    expect(after.distribution.mean).toEqual(start.distribution.mean);
    expect(after.distribution.sigma).toBe(start.distribution.sigma);
    expect(after.progress).toEqual({ generations: 1, best: [], middle: [] });
  });

  it.each(['transform', 'redraw'] as const)(
    'find the step of each trial again, bounds or not: %s',
    (bounds) => {
      // Wide: most points lie beyond the bounds, so the values do not tell the step.
      const wide = { sigma: 1, bounds };
      const history = run(8, 8, { ...wide, population: 8 });
      const start = stateOf(space, [], { ...wide, population: 8 });
      const problem = {
        name: 'cma-es',
        seed: 's',
        cube: searchCube(space),
        lambda: 8,
        sigma: 1,
        restart: 'none',
        bounds,
        start: cmaDistribution(cmaEs.schema.parse(wide)),
      } as const;
      const draws = history.map(({ trial }) => drawOf(start, trial, problem));
      expect(draws.some(({ step }) => step.y.some((y) => Math.abs(y) > 0.6))).toBe(true);
      expect(draws.map(({ assignment }) => assignment)).toEqual(history.map(({ assignment }) => assignment));
      const order = [...history].sort((a, b) => a.value - b.value);
      const expected = start.distribution.updated(order.map(({ trial }) => draws[trial]!.step));
      const told = stateOf(space, structuredClone(history), { ...wide, population: 8 });
      expect(told.distribution.mean).toEqual(expected.mean);
      expect(told.distribution.sigma).toBe(expected.sigma);
    },
  );
});

describe('restarts', () => {
  const first = { lambda: 8, sigma: 0.2 };

  it('double the population each time with ipop', () => {
    let run = firstRun(8, 0.2);
    const lambdas = Array.from({ length: 5 }, (_, index) => {
      const before = run.lambda;
      run = nextRun(run, 100, 'ipop', first, stream('ipop', index));
      expect([run.sigma, run.limit, run.restarts]).toEqual([0.2, Infinity, index + 1]);
      return before;
    });
    expect(lambdas).toEqual([8, 16, 32, 64, 128]);
  });

  it('keep the budgets of bipop even, with small runs between the doublings', () => {
    let run: Run = firstRun(8, 0.2);
    const spent = { small: 0, large: 0 };
    const runs: Run[] = [run];
    for (let index = 0; index < 60; index++) {
      // A run takes what it wants, up to its limit.
      const trials = Math.ceil(Math.min(run.lambda * (20 + ((index * 7) % 30)), run.limit));
      spent[run.kind] += trials;
      const before = { ...spent };
      run = nextRun(run, trials, 'bipop', first, stream('bipop', index));
      runs.push(run);
      expect(run.spent).toEqual(before);
      expect(run.kind).toBe(before.small < before.large ? 'small' : 'large');
      const most = 8 * 2 ** run.large;
      if (run.kind === 'large') {
        expect([run.lambda, run.sigma, run.limit]).toEqual([most, 0.2, Infinity]);
      } else {
        expect(run.lambda).toBeGreaterThanOrEqual(8);
        expect(run.lambda).toBeLessThanOrEqual(most);
        expect(run.sigma).toBeGreaterThanOrEqual(0.002);
        expect(run.sigma).toBeLessThanOrEqual(0.2);
        expect(run.limit).toBe(before.large / 2);
      }
    }
    const large = runs.filter(({ kind }) => kind === 'large').map(({ lambda }) => lambda);
    expect(large).toEqual(large.map((_, index) => 8 * 2 ** (index + 1)));
    // The first run is followed by a large one, whose budget small ones then use up.
    expect(runs.slice(0, 3).map(({ kind }) => kind)).toEqual(['small', 'large', 'small']);
    expect(runs.filter(({ kind }) => kind === 'small').length).toBeGreaterThan(10);
  });

  it('collect whole waves into the larger generations', () => {
    // Two valleys: the nearer one is found soon, and flat to the last digit.
    const valleys = (x: number): number => Math.min((x - 0.5) ** 2 + 0.1, (x - 0.93) ** 2 * 40);
    for (const restart of ['ipop', 'bipop', 'none']) {
      const options = { restart, sigma: 0.05 };
      const space = floatSpace(1);
      const history = runSearch({
        sampler: cmaEs,
        space,
        seed: 's',
        trials: 1600,
        options,
        objective: (x) => valleys(numbersOf(x)[0]!),
      });
      const { run } = stateOf(space, history, options);
      if (restart === 'none') {
        expect(run).toEqual(firstRun(4, 0.05));
        expect(bestValue(history)).toBeCloseTo(0.1, 6);
      } else {
        expect(run.large).toBeGreaterThan(0);
        expect(run.restarts).toBeGreaterThanOrEqual(run.large);
        if (restart === 'ipop') expect(run.lambda).toBe(4 * 2 ** run.restarts);
        expect(bestValue(history)).toBeLessThan(0.05);
      }
    }
  });
});

describe('the rules of stopping', () => {
  const run = { sigma: 0.2, lambda: 6 };
  const reason = (distribution: NormalDistribution, of: typeof run, progress: Progress): unknown =>
    stopReason(distribution, of, progress, 2);
  const quiet = { generations: 1, best: [1], middle: [2] };
  const falling = (length: number): number[] => Array.from({ length }, (_, index) => 1 - index * 1e-3);

  it('have the lengths of their sources', () => {
    // 10 + ⌈30 · 2/6⌉; 100 + ⌊100 · 2^1.5/6⌋; 100 + 150 · 25/√6, rounded down.
    expect([flatWindow(2, 6), memoryOf(2, 6), mostGenerations(2, 6)]).toEqual([20, 147, 1630]);
    expect(flatWindow(10, 10)).toBe(40);
    expect(memoryOf(10, 10)).toBe(416);
  });

  it('end a run that has converged, exploded, degenerated, or gets no better', () => {
    const at = (sigma: number, shortest = 1): NormalDistribution => ({
      ...distributionOf(0, sigma, 1),
      mean: [0, 0],
      deviations: [1, 1],
      axes: () => ({ shortest, longest: 1 }),
    });
    expect(reason(at(0.2), run, quiet)).toBeUndefined();
    expect(reason(at(1.9e-13), run, quiet)).toBe('step');
    expect(reason(at(2.1e-13), run, quiet)).toBeUndefined();
    expect(reason(at(2001), run, quiet)).toBe('explosion');
    expect(reason(at(1999), run, quiet)).toBeUndefined();
    expect(reason(at(0.2, 0.9e-7), run, quiet)).toBe('condition');
    expect(reason(at(0.2, 1.1e-7), run, quiet)).toBeUndefined();
    const flat = (length: number) => ({ ...quiet, best: new Array<number>(length).fill(1) });
    expect(reason(at(0.2), run, flat(20))).toBe('flat');
    expect(reason(at(0.2), run, flat(19))).toBeUndefined();
    const stale = Array.from({ length: 147 }, (_, index) => 1 + (index % 3));
    expect(reason(at(0.2), run, { generations: 150, best: stale, middle: stale })).toBe('stagnation');
    expect(reason(at(0.2), run, { generations: 150, best: falling(147), middle: stale })).toBeUndefined();
    expect(reason(at(0.2), run, { generations: 150, best: stale, middle: falling(147) })).toBeUndefined();
    expect(reason(at(0.2), run, { ...quiet, generations: 1629 })).toBeUndefined();
    expect(reason(at(0.2), run, { ...quiet, generations: 1630 })).toBe('generations');
  });
});

describe('a start from earlier trials', () => {
  const space = floatSpace(3);
  const trialOf = (point: readonly number[], value: number, trial: number): Observation =>
    observation(trial, value, { assignment: { x0: point[0]!, x1: point[1]!, x2: point[2]! } });

  it('is that of WS-CMA-ES, as the package cmaes has it', () => {
    const { points, values, mean, sigma, covariance } = recorded.warm;
    const prior = points.map((point, index) => trialOf(point, values[index]!, index));
    const start = warmStart(searchCube(space), 'transform', prior, 1 / 6)!;
    expect(start.sigma).toBeCloseTo(sigma, 9);
    mean.forEach((one, index) => expect(start.mean[index]).toBeCloseTo(one, 9));
    covariance.flat().forEach((one, index) => expect(start.covariance[index]).toBeCloseTo(one, 8));
  });

  it('passes over failures, and is none where all failed', () => {
    const cube = searchCube(space);
    const good = trialOf([0.2, 0.3, 0.4], 1, 0);
    const bad = trialOf([0.9, 0.9, 0.9], Infinity, 1);
    expect(warmStart(cube, 'redraw', [good, bad], 1 / 6)!.mean).toEqual([0.2, 0.3, 0.4]);
    // One point: the normal distribution of the width α around it.
    expect(warmStart(cube, 'redraw', [good, bad], 1 / 6)!.sigma).toBeCloseTo(0.1, 12);
    expect(warmStart(cube, 'redraw', [bad], 1 / 6)).toBeUndefined();
    expect(stateOf(space, [], {}, [bad]).distribution.mean).toEqual([0.5, 0.5, 0.5]);
    expect(stateOf(space, [], {}, [good]).distribution.mean).toEqual([0.2, 0.3, 0.4]);
  });

  it('knows nothing of entries that were inactive', () => {
    const conditional = testSpace([
      { name: 'k', kind: 'int', low: 0, high: 1 },
      { name: 'x', kind: 'float', low: 0, high: 1, when: [{ entry: 'k', oneOf: [1] }] },
    ]);
    const start = warmStart(
      searchCube(conditional),
      'redraw',
      [observation(0, 1, { assignment: { k: 0 } })],
      0.3,
    )!;
    expect(start.mean).toEqual([0.25, 0.5]);
    expect(start.sigma ** 2 * start.covariance[3]!).toBeCloseTo(0.1 ** 2 + 0.3 ** 2, 12);
  });

  it('ranks trials of different fidelity as the search does', () => {
    const long = { ...trialOf([0.1, 0.1, 0.1], 0.9, 0), curve: [0.2, 0.9] };
    const short = trialOf([0.8, 0.8, 0.8], 0.3, 1);
    expect(warmStart(searchCube(space), 'redraw', [long, short], 0.2)!.mean).toEqual([0.1, 0.1, 0.1]);
  });

  it('helps on a shifted sphere, and is no part of the history', () => {
    const earlier = runSearch({
      sampler: cmaEs,
      space: floatSpace(5),
      seed: 'earlier',
      trials: 200,
      objective: (x) => sphere(0.82)(numbersOf(x)),
    });
    const target = floatSpace(5);
    const options = cmaEs.schema.parse({});
    const best = (seed: string, prior?: readonly Observation[]): number => {
      const history: Observation[] = [];
      for (let wave = 0; wave < 8; wave++) {
        const firstTrial = history.length;
        const request = { options, space: target, seed, history, wave, firstTrial, count: 8 };
        cmaEs.propose(prior === undefined ? request : { ...request, prior }).forEach((assignment) => {
          const value = sphere(0.85)(numbersOf(assignment));
          history.push(observation(history.length, value, { wave, assignment }));
        });
      }
      return bestValue(history);
    };
    const seeds = ['a', 'b', 'c', 'd', 'e'];
    const total = (prior?: readonly Observation[]): number =>
      seeds.reduce((sum, seed) => sum + best(seed, prior), 0);
    expect(total(earlier)).toBeLessThan(0.3 * total());
  });
});
