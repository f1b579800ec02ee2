import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cmaConstants } from '../../src/search/cma-es/constants.js';
import {
  decomposeEvery,
  fullDistribution,
  startFull,
  updateFull,
  type FullState,
} from '../../src/search/cma-es/full-covariance.js';
import { startSeparable, updateSeparable } from '../../src/search/cma-es/separable-covariance.js';
import { cmaDistribution, cmaEs } from '../../src/search/cma-es.js';
import type { Step } from '../../src/search/normal-search/normal-distribution.js';
import { defaultPopulation } from '../../src/search/normal-search/search-options.js';
import { replaySearch } from '../../src/search/normal-search/search.js';
import type { SearchState } from '../../src/search/normal-search/search-state.js';
import { diagonal } from '../../src/search/normal-search/vector.js';
import type { Observation } from '../../src/search/sampler.js';
import type { Space } from '../../src/space/space.js';
import { numbersOf, sphere } from './support/objectives.js';
import { withValue } from './support/observation.js';
import { runSearch } from './support/run.js';
import { floatSpace, testSpace } from './support/space.js';

const FULL = { active: true, covariance: 'full' } as const;

/** The standard normal distribution around a mean, with a step size. */
const sphereAt = (mean: readonly number[], sigma: number) => ({
  mean,
  sigma,
  covariance: diagonal(mean.map(() => 1)),
});

/** Where a search by cma-es stands. */
const stateOf = (
  space: Space,
  seed: string,
  history: readonly Observation[],
  options = cmaEs.schema.parse({}),
): SearchState =>
  replaySearch({
    name: 'cma-es',
    bounds: options.bounds,
    start: cmaDistribution(options),
    options,
    space,
    seed,
    history,
  });

describe('constants', () => {
  // Hansen's tutorial, recomputed independently to 8 decimals.
  const table = [
    [
      2, 6, 3, 2.02861146, 2.43191896, 0.1548154, 0.05785909, 0.62455454, 0.44620499, 1.44620499, 1.25427274,
      2.20732365,
    ],
    [
      3, 7, 3, 2.25481508, 2.67723075, 0.09640963, 0.05124309, 0.55880132, 0.414909, 1.414909, 1.59687753,
      2.25844752,
    ],
    [
      5, 8, 4, 2.60017883, 3.20707175, 0.0472923, 0.03816916, 0.45019956, 0.36508838, 1.36508838, 2.12852376,
      2.23901871,
    ],
    [
      10, 10, 5, 3.16729928, 3.98911502, 0.01528382, 0.02015428, 0.29499038, 0.28442859, 1.28442859,
      3.08472657, 1.75834128,
    ],
    [
      20, 12, 6, 3.72945893, 4.7745951, 0.00437235, 0.0081914, 0.17176721, 0.19942801, 1.19942801, 4.41676665,
      1.53377355,
    ],
  ] as const;

  it.each(table)('are those of the tutorial for n = %i', (n, lambda, mu, ...expected) => {
    const c = cmaConstants(n, defaultPopulation(n), FULL);
    expect([c.lambda, c.mu]).toEqual([lambda, mu]);
    const actual = [
      c.muEffective,
      c.muEffectiveNegative,
      c.c1,
      c.cMu,
      c.cC,
      c.cSigma,
      c.damping,
      c.expectedNorm,
      c.negativeFactor,
    ];
    actual.forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThan(6e-9));
  });

  it.each([
    [2, [0.637043, 0.28457, 0.078387, -0.286384, -0.764958, -1.155982]],
    [
      10,
      [
        0.456273, 0.270753, 0.162231, 0.085234, 0.02551, -0.085321, -0.236477, -0.367414, -0.482908,
        -0.586222,
      ],
    ],
  ])('have the weights of the tutorial for n = %i', (n, expected) => {
    const { weights } = cmaConstants(n, defaultPopulation(n), FULL);
    weights.forEach((weight, index) => expect(Math.abs(weight - expected[index]!)).toBeLessThan(6e-7));
    const passive = cmaConstants(n, defaultPopulation(n), { ...FULL, active: false }).weights;
    expect(passive).toEqual(weights.map((weight) => Math.max(0, weight)));
  });

  it('are finite, and learn at rates in [0, 1], for every wave size', () => {
    for (let n = 1; n <= 40; n++) {
      for (let lambda = 2; lambda <= 60; lambda++) {
        for (const covariance of ['full', 'separable'] as const) {
          const { weights, ...rest } = cmaConstants(n, lambda, { active: true, covariance });
          expect([...weights, ...Object.values(rest)].every(Number.isFinite)).toBe(true);
          expect(rest.c1 + rest.cMu).toBeLessThanOrEqual(1);
          expect(Math.min(rest.c1, rest.cMu)).toBeGreaterThanOrEqual(0);
          const positive = weights.slice(0, rest.mu).reduce((sum, weight) => sum + weight, 0);
          expect(positive).toBeCloseTo(1, 12);
          // The negative part of an update takes from C at most what the rest leaves of it.
          const negative = weights.slice(rest.mu).reduce((sum, weight) => sum - weight, 0);
          expect(n * rest.cMu * negative).toBeLessThanOrEqual(1 - rest.c1 - rest.cMu + 1e-9);
        }
      }
    }
  });

  it('learn (n + 2)/3 times as fast with a diagonal C', () => {
    for (const n of [2, 10, 20]) {
      const full = cmaConstants(n, defaultPopulation(n), FULL);
      const separable = cmaConstants(n, defaultPopulation(n), { ...FULL, covariance: 'separable' });
      expect(separable.c1 / full.c1).toBeCloseTo((n + 2) / 3, 12);
      expect(separable.cMu / full.cMu).toBeCloseTo((n + 2) / 3, 12);
      expect([separable.cSigma, separable.cC, separable.damping]).toEqual([
        full.cSigma,
        full.cC,
        full.damping,
      ]);
    }
  });

  it('decompose rarely where C learns slowly', () => {
    const every = (n: number, lambda: number): number => decomposeEvery(cmaConstants(n, lambda, FULL));
    expect([every(2, 6), every(10, 10), every(20, 12)]).toEqual([1, 1, 1]);
    // 1/(10 n (c1 + cμ)) is 1.21 and 8.14, computed apart.
    expect(every(100, 17)).toBe(1);
    expect(every(1000, 24)).toBe(8);
  });
});

describe('update', () => {
  interface Generation {
    readonly points: readonly number[][];
    readonly values: readonly number[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly covariance: readonly number[][];
    readonly pathSigma: readonly number[];
    readonly pathC: readonly number[];
  }

  it('follows the package cmaes 0.13.1 on the same points', () => {
    // Recorded from its ask-and-tell interface: n = 3, λ = 8, mean .5, σ .3, points drawn by numpy.
    const path = new URL('support/cmaes-trajectory.json', import.meta.url);
    const generations = JSON.parse(readFileSync(path, 'utf8')) as Generation[];
    const constants = cmaConstants(3, 8, FULL);
    let state = startFull(sphereAt([0.5, 0.5, 0.5], 0.3));
    for (const { points, values, ...expected } of generations) {
      state = updateFull(state, constants, stepsTo(state, points, values));
      expectClose([state.sigma], [expected.sigma]);
      expectClose(state.mean, expected.mean);
      expectClose(state.pathSigma, expected.pathSigma);
      expectClose(state.pathC, expected.pathC);
      expectClose(state.covariance, expected.covariance.flat());
    }
    expect(generations).toHaveLength(4);
  });

  it('keeps C symmetric and C = B D² B′', () => {
    let state = startFull(sphereAt([0.5, 0.5, 0.5, 0.5], 0.2));
    const constants = cmaConstants(4, 8, FULL);
    for (let generation = 0; generation < 20; generation++) {
      const points = Array.from({ length: 8 }, (_, k) =>
        state.mean.map((center, i) => center + state.sigma * Math.sin(1 + 3 * k + 5 * i + generation)),
      );
      const values = points.map((x) => sphere(0.3)(x.map((value, index) => value * 3 ** index)));
      state = updateFull(state, constants, stepsTo(state, points, values));
    }
    const { covariance, axes, scales } = state;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        expect(covariance[i * 4 + j]).toBe(covariance[j * 4 + i]);
        const rebuilt = scales.reduce(
          (sum, scale, k) => sum + axes[i * 4 + k]! * scale ** 2 * axes[j * 4 + k]!,
          0,
        );
        expect(Math.abs(rebuilt - covariance[i * 4 + j]!)).toBeLessThan(1e-9);
      }
    }
  });

  it('of a diagonal C is that of a full one on its diagonal, at the same rates', () => {
    const start = { mean: [0.2, 0.4, 0.6], sigma: 0.3, covariance: diagonal([1, 4, 0.25]) };
    const constants = cmaConstants(3, 7, { ...FULL, covariance: 'separable' });
    const full = startFull(start);
    const steps = stepsTo(
      full,
      Array.from({ length: 7 }, (_, k) => [
        0.2 + 0.1 * Math.sin(k),
        0.4 - 0.03 * k,
        0.6 + 0.05 * Math.cos(2 * k),
      ]),
      [3, 1, 2, 5, 7, 6, 4],
    );
    const both = updateFull(full, constants, steps);
    const separate = updateSeparable(
      startSeparable(start),
      constants,
      // The standard normal vector of a step is that along the axes themselves.
      steps.map(({ y }) => ({ y, z: y.map((value, index) => value / [1, 2, 0.5][index]!) })),
    );
    expectClose(
      separate.variances,
      [0, 4, 8].map((at) => both.covariance[at]!),
      1e-12,
    );
    expectClose(separate.mean, both.mean, 1e-12);
    expectClose(separate.pathC, both.pathC, 1e-12);
    expectClose(separate.pathSigma, both.pathSigma, 1e-12);
    expect(separate.sigma).toBeCloseTo(both.sigma, 12);
  });

  it('draws what whitens to where it came from', () => {
    const covariance = [2, 0.6, 0.3, 0.6, 1, -0.2, 0.3, -0.2, 0.5];
    const distribution = fullDistribution(startFull({ mean: [0, 0, 0], sigma: 1, covariance }), true);
    const columns = [0, 1, 2].map((k) => distribution.stepOf([0, 1, 2].map((i) => (i === k ? 1 : 0))));
    for (let i = 0; i < 3; i++) {
      expectClose(
        distribution.standardOf(columns[i]!),
        [0, 1, 2].map((k) => (i === k ? 1 : 0)),
        1e-12,
      );
      for (let j = 0; j < 3; j++) {
        const product = columns.reduce((sum, column) => sum + column[i]! * column[j]!, 0);
        expect(product).toBeCloseTo(covariance[3 * i + j]!, 12);
      }
    }
    expectClose(distribution.deviations, [Math.SQRT2, 1, Math.sqrt(0.5)], 1e-15);
  });
});

describe('sampler', () => {
  const options = cmaEs.schema.parse({});
  const space = floatSpace(3);
  const told = (objective: (value: number) => number, seed = 'x'): Observation[] =>
    runSearch({
      sampler: cmaEs,
      space,
      seed,
      trials: 70,
      objective: (x) => objective(sphere(0.7)(numbersOf(x))),
    });
  const next = (history: readonly Observation[]): unknown =>
    cmaEs.propose({ options, space, seed: 'x', history, wave: 10, firstTrial: 70, count: 7 });

  it('sees ranks only: monotone transforms of the values change nothing', () => {
    const plain = told((value) => value);
    const warped = plain.map((one) => withValue(one, Math.log(one.value) * 1e3));
    expect(next(warped)).toEqual(next(plain));
  });

  it('starts in the middle of the cube with a sixth of its width', () => {
    const run = runSearch({
      sampler: cmaEs,
      space,
      seed: 'start',
      trials: 700,
      waveSize: 700,
      objective: () => 0,
    });
    const all = run.flatMap(({ assignment }) => numbersOf(assignment));
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
    expect(mean).toBeCloseTo(0.5, 1);
    expect(deviation).toBeGreaterThan(0.155);
    expect(deviation).toBeLessThan(0.175);
  });

  it('puts failures last, ties by trial number', () => {
    const history = told((value) => value).slice(0, 7);
    const worst = history.map(({ value }) => value).sort((a, b) => b - a)[1]!;
    const asFailures = history.map((one) => (one.value >= worst ? withValue(one, Infinity) : one));
    const lastTwo = history.filter(({ value }) => value >= worst);
    const asWorst = history.map((one) =>
      one.value >= worst ? withValue(one, one === lastTwo[0] ? 1e6 : 2e6) : one,
    );
    expect(next(asFailures)).toEqual(next(asWorst));
  });

  it('ranks the trials of a bracket by how far they got', () => {
    const history = told((value) => value).slice(0, 7);
    // Each rung drops the worst one, and values rise on the way.
    const byFidelity = history.map((one, index) => {
      const curve = Array.from({ length: 7 - index }, (_, rung) => 100 * rung + index);
      return { ...one, curve, value: curve.at(-1)! };
    });
    const byValue = history.map((one, index) => withValue(one, index));
    expect(next(byFidelity)).toEqual(next(byValue));
  });

  it('takes a point given by hand as a step towards it', () => {
    const history = told((value) => value).slice(0, 7);
    const given = { x0: 0.99, x1: 0.98, x2: 0.97 };
    const withGift = history.map((one, index) =>
      index === 0 ? { ...withValue(one, -1), assignment: given } : withValue(one, index),
    );
    const { distribution } = stateOf(space, 'x', withGift);
    for (const center of distribution.mean) expect(center).toBeGreaterThan(0.5);
    expect(distribution.mean.every(Number.isFinite) && distribution.sigma < 0.5).toBe(true);
  });

  it('takes a point given by hand that it would have drawn as that draw', () => {
    const history = told((value) => value).slice(0, 7);
    // The same values in other bits of the coordinates: not the assignment that was proposed.
    const nudged = history.map((one, index) => ({
      ...one,
      assignment: Object.fromEntries(
        Object.entries(one.assignment).map(([name, x]) => [name, index === 0 ? (x as number) + 1e-12 : x]),
      ),
    }));
    const [plain, given] = [history, nudged].map((one) => stateOf(space, 'x', one).distribution);
    expectClose(given!.mean, plain!.mean, 1e-10);
    expect(given!.sigma).toBeCloseTo(plain!.sigma, 9);
  });

  it('searches nothing but entries with more than one value', () => {
    const mixed = testSpace([
      { name: 'a', kind: 'categorical', choices: ['only'] },
      { name: 'b', kind: 'int', low: 2, high: 2 },
      { name: 'c', kind: 'float', low: 0, high: 1 },
      { name: 'd', kind: 'simplex', parts: 3 },
    ]);
    expect(cmaEs.waveSize(mixed, options)).toBe(7);
    expect(stateOf(mixed, 'x', []).distribution.mean).toEqual([0.5, 0.5, 0.5]);
    const single = testSpace([{ name: 'a', kind: 'categorical', choices: ['only'] }]);
    expect(cmaEs.waveSize(single, options)).toBe(4);
    const run = runSearch({ sampler: cmaEs, space: single, seed: 'x', trials: 5, objective: () => 1 });
    expect(run.map(({ assignment }) => assignment)).toEqual(new Array(5).fill({ a: 'only' }));
  });

  it('says what is wrong with its options', () => {
    for (const wrong of [
      { population: 1 },
      { sigma: 0 },
      { sigma: 2 },
      { covariance: 'diagonal' },
      { restart: true },
      { active: 1 },
    ]) {
      expect(cmaEs.schema.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('the form of C', () => {
  /** Median evaluations until the value is below 1e-6, over five seeds. */
  const evaluations = (covariance: string, objective: (x: readonly number[]) => number): number => {
    const counts = ['a', 'b', 'c', 'd', 'e'].map((seed) => {
      const history = runSearch({
        sampler: cmaEs,
        space: floatSpace(5, -5, 5),
        seed,
        trials: 3000,
        options: { covariance, restart: 'none', sigma: 0.05 },
        objective: (x) => objective(numbersOf(x)),
      });
      const first = history.findIndex(({ value }) => value < 1e-6);
      return first === -1 ? Infinity : first;
    });
    return counts.sort((a, b) => a - b)[2]!;
  };
  const ellipsoid = (x: readonly number[]): number =>
    x.reduce((sum, value, index) => sum + 10 ** index * (value - 1) ** 2, 0);
  /** The ellipsoid in coordinates that are turned about (1, …, 1): by the mirror I − 2 v v′ along v = (1, …, 1)/√n. */
  const turned = (x: readonly number[]): number => {
    const shift = (2 / x.length) * x.reduce((sum, value) => sum + value - 1, 0);
    return ellipsoid(x.map((value) => value - shift));
  };

  it('full: turned landscapes are as easy; separable: faster along the axes, slower across', () => {
    const full = evaluations('full', ellipsoid);
    const fullTurned = evaluations('full', turned);
    const separable = evaluations('separable', ellipsoid);
    expect(fullTurned / full).toBeGreaterThan(0.8);
    expect(fullTurned / full).toBeLessThan(1.25);
    expect(separable).toBeLessThan(0.85 * full);
    expect(evaluations('separable', turned)).toBeGreaterThan(1.5 * fullTurned);
  });
});

/** The steps to some points, best first. */
function stepsTo(
  state: FullState,
  points: readonly (readonly number[])[],
  values: readonly number[],
): Step[] {
  const { standardOf } = fullDistribution(state, true);
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  return order.map((row) => {
    const y = points[row]!.map((x, index) => (x - state.mean[index]!) / state.sigma);
    return { y, z: standardOf(y) };
  });
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 2e-7): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThan(tolerance));
}
