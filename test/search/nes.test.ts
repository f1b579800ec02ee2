import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  exponentialDistribution,
  exponentialRate,
  startExponential,
  updateExponential,
} from '../../src/search/nes/exponential.js';
import {
  separableNesDistribution,
  separableRate,
  startSeparableNes,
  updateSeparableNes,
} from '../../src/search/nes/separable.js';
import { utilities } from '../../src/search/normal-search/utilities.js';
import { nes } from '../../src/search/nes.js';
import { diagonal } from '../../src/search/normal-search/vector.js';
import { numbersOf, sphere } from './support/objectives.js';
import { bestValue, runSearch } from './support/run.js';
import { floatSpace } from './support/space.js';

const unitAt = (mean: readonly number[], sigma: number) => ({
  mean,
  sigma,
  covariance: diagonal(mean.map(() => 1)),
});

describe('constants', () => {
  it('are those of the paper', () => {
    // λ = 4: ln 3, ln 1.5, 0, 0, normed, minus a quarter.
    const sum = Math.log(3) + Math.log(1.5);
    const expected = [Math.log(3) / sum - 0.25, Math.log(1.5) / sum - 0.25, -0.25, -0.25];
    utilities(4).forEach((one, index) => expect(one).toBeCloseTo(expected[index]!, 14));
    for (let lambda = 2; lambda < 40; lambda++) {
      const weights = utilities(lambda);
      expect(weights.reduce((total, one) => total + one, 0)).toBeCloseTo(0, 12);
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
    }
    expect(exponentialRate(10)).toBeCloseTo((0.6 * (3 + Math.log(10))) / (10 * Math.sqrt(10)), 15);
    expect(exponentialRate(1)).toBe(1);
    expect(separableRate(4)).toBeCloseTo((3 + Math.log(4)) / 10, 15);
  });
});

describe('xNES', () => {
  interface Generation {
    readonly points: readonly number[][];
    readonly values: readonly number[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly shape: readonly number[][];
  }

  it('follows the package cmaes 0.13.1 on the same points', () => {
    const path = new URL('support/cmaes-normal-search.json', import.meta.url);
    const { xnes } = JSON.parse(readFileSync(path, 'utf8')) as { readonly xnes: readonly Generation[] };
    let state = startExponential(unitAt([0.5, 0.5, 0.5], 0.3));
    for (const { points, values, mean, sigma, shape } of xnes) {
      const { standardOf } = exponentialDistribution(state);
      const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
      const steps = order.map((row) => {
        const y = points[row]!.map((x, index) => (x - state.mean[index]!) / state.sigma);
        return { y, z: standardOf(y) };
      });
      state = updateExponential(state, steps);
      expect(state.sigma).toBeCloseTo(sigma, 10);
      mean.forEach((one, index) => expect(state.mean[index]).toBeCloseTo(one, 10));
      shape.flat().forEach((one, index) => expect(state.shape[index]).toBeCloseTo(one, 10));
    }
    expect(xnes).toHaveLength(4);
  });

  it('keeps |B| = 1: all of the size is in σ', () => {
    let state = startExponential(unitAt([0, 0], 1));
    for (let generation = 0; generation < 10; generation++) {
      const steps = Array.from({ length: 6 }, (_, k) => {
        const z = [Math.sin(k + generation), Math.cos(3 * k + 1)];
        return { y: z, z };
      });
      state = updateExponential(state, steps);
      const [a, b, c, d] = state.shape;
      expect(a! * d! - b! * c!).toBeCloseTo(1, 10);
    }
    expect(Math.abs(Math.log(state.sigma))).toBeGreaterThan(0.01);
  });

  it('starts from a covariance and tells its axes', () => {
    const distribution = exponentialDistribution(
      startExponential({ mean: [0, 0], sigma: 1, covariance: [2.5, 1.5, 1.5, 2.5] }),
    );
    // Eigenvalues 4 and 1.
    const { shortest, longest } = distribution.axes();
    expect([shortest, longest].map((one) => Math.round(one * 1e9) / 1e9)).toEqual([1, 2]);
    distribution.deviations.forEach((one) => expect(one).toBeCloseTo(Math.sqrt(2.5), 12));
    const back = distribution.standardOf(distribution.stepOf([0.3, -0.7]));
    expect(back[0]).toBeCloseTo(0.3, 12);
    expect(back[1]).toBeCloseTo(-0.7, 12);
  });
});

describe('SNES', () => {
  it('moves each coordinate by its own gradient', () => {
    const state = startSeparableNes({ mean: [0.5, 0.5], sigma: 0.2, covariance: diagonal([1, 4]) });
    const zs = [
      [1, 0],
      [0.5, 2],
      [-1, -1],
      [0, 0.1],
    ];
    const { stepOf, standardOf } = separableNesDistribution(state);
    const steps = zs.map((z) => ({ y: stepOf(z), z }));
    expect(standardOf(steps[1]!.y)).toEqual(zs[1]);
    const after = updateSeparableNes(state, steps);
    const u = utilities(4);
    [0, 1].forEach((index) => {
      const delta = zs.reduce((sum, z, rank) => sum + u[rank]! * z[index]!, 0);
      const growth = zs.reduce((sum, z, rank) => sum + u[rank]! * (z[index]! ** 2 - 1), 0);
      const before = [1, 2][index]!;
      expect(after.mean[index]).toBeCloseTo(0.5 + 0.2 * before * delta, 12);
      expect(after.deviations[index]).toBeCloseTo(before * Math.exp((separableRate(2) / 2) * growth), 12);
    });
    expect(after.sigma).toBe(0.2);
  });
});

describe('sampler', () => {
  const best = (covariance: string, objective: (x: readonly number[]) => number): number =>
    bestValue(
      runSearch({
        sampler: nes,
        space: floatSpace(4),
        seed: 'nes',
        trials: 2500,
        options: { covariance, restart: 'none' },
        objective: (x) => objective(numbersOf(x)),
      }),
    );

  it('goes down to the last digits', () => {
    for (const covariance of ['full', 'separable'])
      expect(best(covariance, sphere(0.62))).toBeLessThan(1e-12);
  });

  it('learns a valley: full across the axes, separable along them', () => {
    const along = (x: readonly number[]): number =>
      x.reduce((sum, value, index) => sum + 10 ** index * (value - 0.6) ** 2, 0);
    const across = (x: readonly number[]): number => {
      const shift = (2 / x.length) * x.reduce((sum, value) => sum + value - 0.6, 0);
      return along(x.map((value) => value - shift));
    };
    expect(best('full', across)).toBeLessThan(1e-8);
    expect(best('separable', along)).toBeLessThan(1e-8);
  });

  it('finds what lies near the ends of its ranges', () => {
    const found = runSearch({
      ...{ sampler: nes, space: floatSpace(3), seed: 'ends', trials: 1500, options: {} },
      objective: (x) => sphere(0.95)(numbersOf(x)),
    });
    expect(bestValue(found)).toBeLessThan(1e-6);
  });

  it('says what is wrong with its options', () => {
    expect(nes.schema.safeParse({ active: true }).success).toBe(false);
    expect(nes.schema.safeParse({ population: 1 }).success).toBe(false);
  });
});
