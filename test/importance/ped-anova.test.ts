import { describe, expect, it } from 'vitest';
import { logNormalMass } from '../../src/statistics/normal-distribution.js';
import { entryCounts, gridCounts } from '../../src/importance/ped-anova/grid-counts.js';
import {
  categoricalDensity,
  numericDensity,
  scottBandwidth,
} from '../../src/importance/ped-anova/scott-parzen.js';
import { divergence, pedAnova } from '../../src/importance/ped-anova.js';
import { createSpace } from '../../src/space/create-space.js';
import { observation } from '../search/support/observation.js';

const normalMass = (low: number, high: number): number => Math.exp(logNormalMass(low, high));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('normal mass', () => {
  it.each([
    [-1, 2, Math.exp(-0.200166294324)],
    [3, 5, Math.exp(-6.6079385946)],
    [8, 9, Math.exp(-35.0136185934)],
    [-30, -29, Math.exp(-424.78741991)],
    [-Infinity, 3, Math.exp(-0.00135080996475)],
    [-Infinity, -5, Math.exp(-15.064998394)],
    [-Infinity, -25, Math.exp(-316.639408008)],
    [-Infinity, Infinity, 1],
  ])('of [%d, %d] is that of high-precision arithmetic', (low, high, expected) => {
    expect(normalMass(low, high) / expected).toBeCloseTo(1, 8);
  });

  it('adds up, on both sides of the change of method', () => {
    for (const z of [0, 0.5, 2.8, 2.83, 2.829, 4]) {
      expect(normalMass(-Infinity, z) + normalMass(z, Infinity)).toBeCloseTo(1, 14);
      expect(normalMass(z, z + 1)).toBeCloseTo(normalMass(-z - 1, -z), 15);
    }
    const below = normalMass(2 * Math.SQRT2 - 1e-9, 10);
    const above = normalMass(2 * Math.SQRT2, 10);
    expect((below - above) / above).toBeLessThan(1e-7);
    expect(below).toBeGreaterThan(above);
  });
});

describe('counts on a grid', () => {
  it.each([
    [[-5, -5, 1, 5, 5], { low: -5, high: 5, integer: true }, [2, 0, 1, 0, 2]],
    [[1, 2, 3, 4, 5, 6, 7, 8], { low: 1, high: 8, integer: true, log: true }, [1, 1, 3, 3]],
    [[1, 2, 3, 4, 5, 6, 7, 8], { low: 1, high: 8, log: true }, [1, 1, 1, 3, 2]],
    [
      Array.from({ length: 100 }, (_, index) => -5 + (10 * index) / 99),
      { low: -5, high: 5 },
      [13, 25, 24, 25, 13],
    ],
    [[0, 1, 2], { low: 0, high: 2, integer: true }, [1, 1, 1]],
    [[0, 0.5, 0.5, 1], { low: 0, high: 1, step: 0.5 }, [1, 2, 1]],
  ])('%j', (values, range, expected) => {
    expect(gridCounts(values, range, 5)).toEqual(expected);
  });

  it('know ranges, steps, logarithms and choices of the entries of a space', () => {
    const { entries } = createSpace({
      name: 'all',
      parameters: {
        float: { type: 'float', low: 1, high: 8, log: true },
        int: { type: 'int', low: 1, high: 8, log: true },
        steps: { type: 'float', low: 0, high: 1, step: 0.5 },
        choice: { type: 'categorical', choices: ['a', 'b', 'c'] },
        mix: { type: 'simplex', parts: ['a', 'b'] },
      },
      candidate: {
        loss: { name: 'x', parameters: { a: ['$float', '$int', '$steps', '$choice', '$mix.a', '$mix.b'] } },
      },
    });
    const one = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(entryCounts(entries[0]!, one, 5)).toEqual([[1, 1, 1, 3, 2]]);
    expect(entryCounts(entries[1]!, one, 5)).toEqual([[1, 1, 3, 3]]);
    expect(entryCounts(entries[2]!, [0, 0.5, 0.5], 5)).toEqual([[1, 2, 0]]);
    expect(entryCounts(entries[3]!, ['c', 'a', 'c'], 5)).toEqual([[1, 0, 2]]);
    // The first of two parts is 1 − u.
    expect(
      entryCounts(
        entries[4]!,
        [
          [1, 0],
          [0.5, 0.5],
          [0, 1],
        ],
        3,
      ),
    ).toEqual([[1, 1, 1]]);
  });
});

describe('kernel densities on a grid', () => {
  it.each([
    [[0, 0, 0, 1], 0.304878],
    [[1, 2, 3, 4], 0.7043276],
    [[90, 0, 0, 90], 0.5638226],
    [[1, 0, 0, 1], 1.9556729],
  ])('have the bandwidth of Scott: %j', (counts, expected) => {
    expect(scottBandwidth(counts)).toBeCloseTo(expected, 6);
  });

  it('are probabilities', () => {
    for (const counts of [
      [1, 0, 0, 1],
      [0, 0, 0, 9, 0, 0],
      [5, 4, 3, 2, 1],
    ]) {
      for (const density of [numericDensity(counts), categoricalDensity(counts)]) {
        expect(sum(density)).toBeCloseTo(1, 12);
        for (const one of density) expect(one).toBeGreaterThan(0);
      }
    }
  });

  it('of a symmetric sample are symmetric, with a prior kernel as wide as the grid in the middle', () => {
    const density = numericDensity([1, 0, 0, 1]);
    expect(density[0]).toBeCloseTo(density[3]!, 14);
    expect(density[1]).toBeCloseTo(density[2]!, 14);
    // By the definition: two kernels of bandwidth 1.9556729 at the ends and one of 4 in the middle.
    const mass = (cell: number, centre: number, width: number): number =>
      normalMass((cell - 0.5 - centre) / width, (cell + 0.5 - centre) / width) /
      normalMass((-0.5 - centre) / width, (3.5 - centre) / width);
    const first = (mass(0, 0, 1.9556729) + mass(0, 3, 1.9556729) + mass(0, 1.5, 4)) / 3;
    expect(density[0]).toBeCloseTo(first, 7);
  });

  it('of choices leave a little to those that were not seen', () => {
    // Index 1 of 3 seen once: kernel [.2, .6, .2] with weight 1, prior [1/3, 1/3, 1/3] with weight 1.
    const density = categoricalDensity([0, 1, 0]);
    const expected = [0.2, 0.6, 0.2].map((kernel) => (kernel + 1 / 3) / 2);
    density.forEach((one, index) => expect(one).toBeCloseTo(expected[index]!, 12));
  });
});

describe('the Pearson divergence', () => {
  it('is zero for equal densities and known for unequal ones', () => {
    expect(divergence([[0.5, 0.5]], [[0.5, 0.5]])).toBeCloseTo(0, 12);
    // .25 (0 − 1)² … : Σ p (q/p − 1)² of q = (1, 0) against p = (.5, .5) is 1.
    expect(divergence([[1, 0]], [[0.5, 0.5]])).toBeCloseTo(1, 9);
  });

  it('of independent coordinates is that of their joint density', () => {
    const top = [
      [0.7, 0.3],
      [0.2, 0.3, 0.5],
    ];
    const local = [
      [0.4, 0.6],
      [0.3, 0.3, 0.4],
    ];
    const joint = (densities: number[][]): number[] =>
      densities[0]!.flatMap((a) => densities[1]!.map((b) => a * b));
    expect(divergence(top, local)).toBeCloseTo(divergence([joint(top)], [joint(local)]), 10);
  });
});

// Optuna 5.0.0, PedAnovaImportanceEvaluator() on the same trials, divided by (good trials / trials)²: a factor that all
// entries of a study share, which it has and we have not.
describe.each([
  [
    40,
    {
      real: 0.4297720170149611,
      rate: 3.3313921630354613,
      whole: 1.3929308655846122,
      wide: 0.9449237409145156,
      stepped: 1.8009211973001205,
      choice: 0.11755102040769316,
    },
  ],
  [
    45,
    {
      real: 0.4484932971414166,
      rate: 3.4988199325841327,
      whole: 1.653462495309373,
      wide: 1.0480790272268694,
      stepped: 2.0529299949685464,
      choice: 0.11310127557533481,
    },
  ],
])('on %i trials with entries of all kinds', (count, expected) => {
  it('is what Optuna finds', () => {
    const space = createSpace({
      name: 'all',
      parameters: {
        real: { type: 'float', low: 0, high: 1 },
        rate: { type: 'float', low: 1e-4, high: 1, log: true },
        whole: { type: 'int', low: 1, high: 9 },
        wide: { type: 'int', low: 1, high: 300, log: true },
        stepped: { type: 'float', low: 0, high: 1, step: 0.25 },
        choice: { type: 'categorical', choices: ['a', 'b', 'c', 'd'] },
      },
      candidate: {
        loss: { name: 'x', parameters: { a: ['$real', '$rate', '$whole', '$wide', '$stepped', '$choice'] } },
      },
    });
    const trials = Array.from({ length: count }, (_, trial) => {
      const u = [7, 12, 17, 24, 29, 36].map((factor) => ((trial * factor) % 41) / 41);
      const whole = 1 + Math.floor(9 * u[2]!);
      const choice = 'abcd'[Math.floor(4 * u[5]!)]!;
      const assignment = {
        ...{ real: u[0]!, rate: 10 ** (-4 * u[1]!), whole, wide: Math.round(300 ** u[3]!) },
        ...{ stepped: Math.floor(5 * u[4]!) / 4, choice },
      };
      const value =
        (u[0]! - 0.3) ** 2 + 0.2 * u[1]! + 0.05 * Math.abs(whole - 4) + (choice === 'b' ? 0.1 : 0);
      return observation(trial, value, { assignment });
    });
    const found = pedAnova.evaluate(space, trials);
    expect(found.map(({ entry }) => entry)).toEqual(Object.keys(expected));
    for (const { entry, importance } of found) {
      expect(importance! / expected[entry as keyof typeof expected]).toBeCloseTo(1, 8);
    }
  });
});
