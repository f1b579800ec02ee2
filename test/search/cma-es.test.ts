import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearQuadratic } from '../../src/search/cma-es/bounds.js';
import { cmaConstants, defaultPopulation } from '../../src/search/cma-es/constants.js';
import { assignmentOf, searchedCoordinates, stepOfTrial } from '../../src/search/cma-es/proposal.js';
import { replayState } from '../../src/search/cma-es/replay.js';
import { initialState, pointOf } from '../../src/search/cma-es/state.js';
import { hasStopped, stallWindow } from '../../src/search/cma-es/stop.js';
import { updateState } from '../../src/search/cma-es/update.js';
import { cmaEs } from '../../src/search/cma-es.js';
import type { Observation } from '../../src/search/sampler.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation, withValue } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { floatSpace, testSpace } from './support/space.js';

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
    const c = cmaConstants(n, defaultPopulation(n), true);
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
    const { weights } = cmaConstants(n, defaultPopulation(n), true);
    weights.forEach((weight, index) => expect(Math.abs(weight - expected[index]!)).toBeLessThan(6e-7));
    const passive = cmaConstants(n, defaultPopulation(n), false).weights;
    expect(passive).toEqual(weights.map((weight) => Math.max(0, weight)));
  });

  it('are finite, and learn at rates in [0, 1], for every wave size', () => {
    for (let n = 1; n <= 40; n++) {
      for (let lambda = 2; lambda <= 60; lambda++) {
        const { weights, ...rest } = cmaConstants(n, lambda, true);
        expect([...weights, ...Object.values(rest)].every(Number.isFinite)).toBe(true);
        expect(rest.c1 + rest.cMu).toBeLessThanOrEqual(1);
        expect(Math.min(rest.c1, rest.cMu)).toBeGreaterThanOrEqual(0);
        const positive = weights.slice(0, rest.mu).reduce((sum, weight) => sum + weight, 0);
        expect(positive).toBeCloseTo(1, 12);
      }
    }
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
    const constants = cmaConstants(3, 8, true);
    let state = initialState([0.5, 0.5, 0.5], 0.3);
    for (const { points, values, ...expected } of generations) {
      const { mean, sigma } = state;
      const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
      const steps = order.map((row) => points[row]!.map((x, index) => (x - mean[index]!) / sigma));
      state = updateState(state, constants, steps);
      expectClose([state.sigma], [expected.sigma]);
      expectClose(state.mean, expected.mean);
      expectClose(state.pathSigma, expected.pathSigma);
      expectClose(state.pathC, expected.pathC);
      expectClose(state.covariance.flat(), expected.covariance.flat());
    }
    expect(generations).toHaveLength(4);
  });

  it('keeps C symmetric and C = B D² B′', () => {
    const space = floatSpace(4);
    const history = runSearch({
      sampler: cmaEs,
      space,
      seed: 'c',
      trials: 160,
      objective: (x) => sphere(0.3)(numbersOf(x).map((value, index) => value * 10 ** index)),
    });
    const { covariance, axes, scales } = replayState({
      options: { sigma: 1 / 6, active: true, restart: true },
      space,
      seed: 'c',
      history,
    });
    covariance.forEach((row, i) =>
      row.forEach((value, j) => {
        expect(value).toBe(covariance[j]![i]);
        const rebuilt = scales.reduce((sum, scale, k) => sum + axes[i]![k]! * scale ** 2 * axes[j]![k]!, 0);
        expect(Math.abs(rebuilt - value)).toBeLessThan(1e-9);
      }),
    );
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

  it('counts a wave of one trial and a wave of failures without an update', () => {
    const base = { options, space, seed: 'x' };
    const start = replayState({ ...base, history: [] });
    const failed = told(() => Infinity).slice(0, 8);
    const one = told((value) => value).slice(0, 1);
    for (const [history, waves] of [
      [failed, 2],
      [one, 1],
    ] as const) {
      expect(replayState({ ...base, history })).toEqual({ ...start, generation: waves });
    }
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

  it('finds the step of each trial again by replay, bounds or not', () => {
    // Wide: most points lie beyond the bounds, so the values do not tell the step.
    const wide = cmaEs.schema.parse({ sigma: 1 });
    const coordinates = searchedCoordinates(space);
    const state = replayState({ options: wide, space, seed: 'wide', history: [] });
    const proposals = cmaEs.propose({
      options: wide,
      space,
      seed: 'wide',
      history: [],
      wave: 0,
      firstTrial: 0,
      count: 8,
    });
    const steps = proposals.map((_, trial) => stepOfTrial(state, 'wide', trial));
    expect(steps.some((step) => pointOf(state, step).some((x) => x < -0.05 || x > 1.05))).toBe(true);
    expect(steps.map((step) => assignmentOf(space, coordinates, state, step))).toEqual(proposals);
    const history = proposals.map((assignment, trial) => observation(trial, trial, { assignment }));
    const updated = replayState({ options: wide, space, seed: 'wide', history });
    const expected = updateState(state, cmaConstants(3, 8, true), steps);
    expect(updated).toEqual({ ...expected, bestValues: [0] });
  });

  it('takes a point given by hand as a step towards it', () => {
    const history = told((value) => value).slice(0, 7);
    const given = { x0: 0.99, x1: 0.98, x2: 0.97 };
    const withGift = history.map((one, index) =>
      index === 0 ? { ...withValue(one, -1), assignment: given } : withValue(one, index),
    );
    const state = replayState({ options, space, seed: 'x', history: withGift });
    for (const center of state.mean) expect(center).toBeGreaterThan(0.5);
    expect(state.mean.every(Number.isFinite) && state.sigma < 0.5).toBe(true);
  });

  it('ignores entries with one value and refuses categories', () => {
    const mixed = testSpace([
      { name: 'a', kind: 'categorical', choices: ['only'] },
      { name: 'b', kind: 'int', low: 2, high: 2 },
      { name: 'c', kind: 'float', low: 0, high: 1 },
      { name: 'd', kind: 'simplex', parts: 3 },
    ]);
    expect(searchedCoordinates(mixed)).toEqual([2, 3, 4]);
    expect(cmaEs.waveSize(mixed, options)).toBe(7);
    expect(() => cmaEs.check(mixed, options)).not.toThrow();
    const refused = testSpace([{ name: 'family', kind: 'categorical', choices: ['a', 'b'] }]);
    expect(() => cmaEs.check(refused, options)).toThrow(/numeric entries only/);
  });

  it('starts again where a run has ended, unless told not to', () => {
    // A valley, found soon, beside a better one.
    const objective = (x: number): number => Math.min((x - 0.5) ** 2 + 0.1, (x - 0.93) ** 2 * 40);
    const run = (restart: boolean): number =>
      bestValue(
        runSearch({
          sampler: cmaEs,
          space: floatSpace(1),
          seed: 'valleys',
          trials: 800,
          options: { restart, sigma: 0.05 },
          objective: (x) => objective(numbersOf(x)[0]!),
        }),
      );
    expect(run(false)).toBeCloseTo(0.1, 6);
    expect(run(true)).toBeLessThan(1e-6);
  });

  it('stops by the rules of the package cmaes', () => {
    const fresh = initialState([0.5, 0.5], 0.2);
    expect(stallWindow(2, 6)).toBe(20);
    expect(hasStopped(fresh, 0.2, 20)).toBe(false);
    expect(hasStopped({ ...fresh, sigma: 1e-13 }, 0.2, 20)).toBe(true);
    expect(hasStopped({ ...fresh, sigma: 3e3 }, 0.2, 20)).toBe(true);
    expect(hasStopped({ ...fresh, scales: [1, 1e-8] }, 0.2, 20)).toBe(true);
    expect(hasStopped({ ...fresh, bestValues: new Array<number>(20).fill(1) }, 0.2, 20)).toBe(true);
    expect(hasStopped({ ...fresh, bestValues: new Array<number>(19).fill(1) }, 0.2, 20)).toBe(false);
  });
});

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThan(2e-7));
}
