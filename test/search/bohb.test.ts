import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { bohb } from '../../src/search/bohb.js';
import { fitDensity, imputeRows } from '../../src/search/bohb/density.js';
import { densityAt } from '../../src/search/bohb/density-at.js';
import { expMinus } from '../../src/search/bohb/exp-minus.js';
import { pointsOfLargestFidelity, thinned } from '../../src/search/bohb/observed-points.js';
import { modelAxes } from '../../src/search/model-axes.js';
import type { Observation } from '../../src/search/sampler.js';
import type { Assignment } from '../../src/space/space.js';
import { observation } from './support/observation.js';
import { floatSpace, testSpace } from './support/space.js';

const told = (trial: number, curve: readonly number[], assignment: Assignment = {}): Observation =>
  observation(trial, curve.at(-1) ?? Infinity, { curve, assignment });

/** The definition of the trials modelled, from the whole history. */
function sortedAnew(history: readonly Observation[], smallest: number): object | undefined {
  const failures = history.filter(({ value }) => !Number.isFinite(value));
  for (const fidelity of [9, 3, 1]) {
    const reached = history.filter(
      ({ value, curve }) => Number.isFinite(value) && Number.isFinite(curve[fidelity - 1] ?? Infinity),
    );
    const count = reached.length + failures.length;
    const wanted = Math.max(smallest, Math.floor(0.15 * count));
    if (reached.length < wanted || count - wanted < smallest) continue;
    reached.sort((a, b) => a.curve[fidelity - 1]! - b.curve[fidelity - 1]! || a.trial - b.trial);
    return { fidelity, good: reached.slice(0, wanted), bad: [...reached.slice(wanted), ...failures] };
  }
  return undefined;
}

describe('the trials modelled', () => {
  const space = floatSpace(1);
  it('are those of the largest fidelity that has enough good and bad ones', () => {
    const short = Array.from({ length: 8 }, (_, trial) => told(trial, [trial]));
    const long = Array.from({ length: 4 }, (_, index) => told(8 + index, [20 + index, 0, 10 - index]));
    const at = (history: readonly Observation[]): number | undefined =>
      pointsOfLargestFidelity(space, history, 0.15, 3)?.fidelity;
    expect(at([])).toBeUndefined();
    expect(at(short.slice(0, 5))).toBeUndefined();
    expect(at(short)).toBe(1);
    expect(at([...short, ...long])).toBe(1);
    const more = [...long, told(12, [1, 1, 1]), told(13, [1, 1, 2])];
    const found = pointsOfLargestFidelity(space, [...short, ...more], 0.15, 3)!;
    expect(found.fidelity).toBe(3);
    expect(found.good.map(({ trial }) => trial)).toEqual([12, 13, 11]);
    expect(found.bad.map(({ trial }) => trial)).toEqual([10, 9, 8]);
  });

  it('include, at a lower fidelity, those that went further, with the value that they had there', () => {
    const history = [
      told(0, [5, 1]),
      ...Array.from({ length: 5 }, (_, index) => told(1 + index, [index * 2])),
    ];
    const found = pointsOfLargestFidelity(space, history, 0.15, 3)!;
    expect(found.good.map(({ trial }) => trial)).toEqual([1, 2, 3]);
    expect(found.bad.map(({ trial }) => trial)).toEqual([0, 4, 5]);
  });

  it('are 15 of a hundred, and failures are always bad', () => {
    const history = Array.from({ length: 100 }, (_, trial) => told(trial, trial % 2 === 0 ? [trial] : []));
    const { good, bad } = pointsOfLargestFidelity(space, history, 0.15, 3)!;
    expect([good.length, bad.length]).toEqual([15, 85]);
    expect(good.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(
      pointsOfLargestFidelity(
        space,
        Array.from({ length: 50 }, (_, trial) => told(trial, [])),
        0.15,
        3,
      ),
    ).toBeUndefined();
  });

  it('are the same whatever was asked of shorter histories before', () => {
    const random = stream('bohb-orders');
    const history = Array.from({ length: 400 }, (_, trial) => {
      const length = [1, 1, 1, 3, 9][random.integer(5)]!;
      // Few values, so that many tie; some trainings are infinite on their way.
      const curve = Array.from({ length }, () => (random.uniform() < 0.1 ? Infinity : random.integer(20)));
      return random.uniform() < 0.1 ? told(trial, []) : told(trial, [...curve.slice(0, -1), trial % 7]);
    });
    for (const end of [5, 20, 28, 36, 200, 208, 216, 400, 100, 104, 399]) {
      expect(pointsOfLargestFidelity(space, history.slice(0, end), 0.15, 4)).toEqual(
        sortedAnew(history.slice(0, end), 4),
      );
    }
  });

  it('are found in a history of more trials than a call may have arguments', () => {
    const history = Array.from({ length: 150_000 }, (_, trial) => told(trial, [trial % 7]));
    const { good, bad } = pointsOfLargestFidelity(space, history, 0.15, 3)!;
    expect([good.length, bad.length]).toEqual([22_500, 127_500]);
    expect(good.every(({ value }) => value <= 1)).toBe(true);
  });

  it('are thinned evenly', () => {
    const history = Array.from({ length: 10 }, (_, trial) => told(trial, [1]));
    expect(thinned(history, 5).map(({ trial }) => trial)).toEqual([0, 2, 4, 6, 8]);
    expect(thinned(history, 10)).toEqual(history);
  });
});

describe('exp(−x)', () => {
  it('is that of the standard library', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 690, noNaN: true }), (x) => {
        expect(Math.abs(expMinus(x) / Math.exp(-x) - 1)).toBeLessThan(1e-13);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 690, max: 800, noNaN: true }), (x) => {
        expect(Math.abs(expMinus(x) - Math.exp(-x))).toBeLessThan(1e-300);
      }),
      { numRuns: 1000 },
    );
    expect([0, Infinity, 1e300].map(expMinus)).toEqual([1, 0, 0]);
  });
});

describe('the density', () => {
  const space = testSpace([
    { name: 'x', kind: 'float', low: 0, high: 1 },
    { name: 'c', kind: 'categorical', choices: ['a', 'b', 'c'] },
  ]);
  const axes = modelAxes(space);
  const rows = [
    [0.2, 0],
    [0.4, 0],
    [0.6, 1],
    [0.8, 0],
  ].map((row) => Float64Array.from(row));

  it('has the bandwidths of the normal reference', () => {
    const { bandwidths } = fitDensity(axes, rows, 1e-3);
    // n = 4, d = 2; deviation of .2, .4, .6, .8 is √.05; of two choices 3 : 1 it is √(3/16).
    const scale = 1.06 * 4 ** (-1 / 6);
    expect(bandwidths[0]).toBeCloseTo(scale * Math.sqrt(0.05), 12);
    expect(bandwidths[1]).toBeCloseTo(scale * Math.sqrt(3 / 16), 12);
    expect([...fitDensity(axes, [rows[0]!, rows[0]!], 1e-3).bandwidths]).toEqual([1e-3, 1e-3]);
  });

  it('is the sum of its kernels, and sums to 1', () => {
    const density = fitDensity(axes, rows, 1e-3);
    const at = densityAt(density);
    const [h, l] = density.bandwidths;
    const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    const byHand = rows.reduce(
      (sum, [x, c]) => sum + (normal((0.3 - x!) / h!) / h!) * (c === 0 ? 1 - l! : l! / 2) * 0.25,
      0,
    );
    expect(at(Float64Array.of(0.3, 0))).toBeCloseTo(byHand, 12);
    let sum = 0;
    for (let x = -2; x < 3; x += 0.01) for (const c of [0, 1, 2]) sum += 0.01 * at(Float64Array.of(x, c));
    expect(sum).toBeCloseTo(1, 6);
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 100])(
    'of %i points is their plain sum, or surely above what is enough',
    (n) => {
      const random = stream('plain', n);
      const five = testSpace([
        ...Array.from({ length: 4 }, (_, index) => ({
          name: `x${index}`,
          kind: 'float' as const,
          low: 0,
          high: 1,
        })),
        { name: 'c', kind: 'categorical', choices: ['a', 'b', 'c'] },
      ]);
      const place = (): Float64Array =>
        Float64Array.from({ length: 5 }, (_, axis) => (axis < 4 ? random.uniform() : random.integer(3)));
      // Narrow ones too, so that most points are too far to change a bit.
      for (const narrow of [1, 0.1, 0.01]) {
        const points = Array.from({ length: n }, place);
        const bandwidths = Float64Array.of(0.3, 0.2, 0.25, 0.5, 0.4).map((width) => width * narrow);
        const at = densityAt({ axes: modelAxes(five), points, bandwidths });
        for (let probe = 0; probe < 20; probe++) {
          const values =
            probe % 2 === 0
              ? place()
              : points[probe % n]!.map((value, axis) => value + (axis < 4 ? 1e-3 : 0));
          const plain =
            points.reduce((sum, point) => {
              const kernel = [0, 1, 2, 3].reduce((product, axis) => {
                const width = bandwidths[axis]!;
                const z = (values[axis]! - point[axis]!) / width;
                return (product * Math.exp(-0.5 * z * z)) / (Math.sqrt(2 * Math.PI) * width);
              }, 1);
              const l = bandwidths[4]!;
              return sum + kernel * (values[4] === point[4] ? 1 - l : l / 2);
            }, 0) / n;
          const close = (found: number): void =>
            expect(Math.abs(found - plain)).toBeLessThanOrEqual(1e-12 * plain + 1e-300);
          close(at(values));
          close(at(values, 2 * plain));
          expect(at(values, plain / 2)).toBeGreaterThanOrEqual(plain / 2);
          expect(at(values, plain / 2)).toBeLessThanOrEqual(plain * (1 + 1e-12));
        }
      }
    },
  );

  it('fills what is missing from other trials, by the seed', () => {
    const gaps = [...rows, Float64Array.of(NaN, NaN)];
    const filled = (seed: string): number[] => [...imputeRows(axes, gaps, stream(seed)).at(-1)!];
    expect(filled('one')).toEqual(filled('one'));
    const values = Array.from({ length: 40 }, (_, seed) => filled(`${seed}`));
    expect(new Set(values.map(([x]) => x))).toEqual(new Set([0.2, 0.4, 0.6, 0.8]));
    expect(new Set(values.map(([, c]) => c))).toEqual(new Set([0, 1]));
    const empty = imputeRows(axes, [Float64Array.of(NaN, NaN)], stream('empty'))[0]!;
    expect(empty[0]! >= 0 && empty[0]! < 1 && Number.isInteger(empty[1])).toBe(true);
  });
});

describe('sampler', () => {
  const space = floatSpace(2);
  const random = stream('bohb-test');
  /** Good trials lie near .8 where they trained long, near .2 where they trained a little. */
  const history = Array.from({ length: 80 }, (_, trial) => {
    const assignment = { x0: random.uniform(), x1: random.uniform() };
    const far = (center: number): number =>
      Math.abs(assignment.x0 - center) + Math.abs(assignment.x1 - center);
    return told(trial, trial % 2 === 0 ? [far(0.2), far(0.8)] : [far(0.2)], assignment);
  });
  const propose = (options: object, told = history): readonly Assignment[] =>
    bohb.propose({
      options: bohb.schema.parse(options),
      space,
      seed: 'bohb',
      history: told,
      wave: 9,
      firstTrial: told.length,
      count: 60,
    });
  const mean = (points: readonly Assignment[]): number =>
    points.reduce((sum, { x0, x1 }) => sum + (x0 as number) + (x1 as number), 0) / (2 * points.length);

  it('follows the largest fidelity that has enough trials', () => {
    expect(mean(propose({ random: 0 }))).toBeGreaterThan(0.65);
    const few = history.map((one, index) => (index > 6 ? told(index, [one.curve[0]!], one.assignment) : one));
    expect(mean(propose({ random: 0 }, few))).toBeLessThan(0.35);
  });

  it('draws a part at random', () => {
    const lone = (points: readonly Assignment[]): number =>
      points.filter(({ x0, x1 }) => Math.min(x0 as number, x1 as number) < 0.35).length;
    expect(lone(propose({ random: 0 }))).toBeLessThan(3);
    expect(lone(propose({}))).toBeGreaterThan(5);
    expect(lone(propose({}))).toBeLessThan(25);
    expect(propose({ random: 1 })).not.toEqual(propose({ random: 0 }));
  });

  it('proposes no point twice as long as there are others', () => {
    const cells = testSpace([{ name: 'n', kind: 'int', low: 0, high: 99 }]);
    const tried = Array.from({ length: 40 }, (_, trial) => told(trial, [Math.abs(trial - 20)], { n: trial }));
    const request = { space: cells, seed: 'twice', history: tried, wave: 5, firstTrial: 40, count: 30 };
    const points = bohb.propose({ ...request, options: bohb.schema.parse({ random: 0 }) });
    const all = [...tried.map(({ assignment }) => assignment), ...points].map(({ n }) => n);
    expect(new Set(all).size).toBe(70);
  });

  it('learns nothing where all fail', () => {
    const failed = history.map(({ trial, assignment }) => told(trial, [], assignment));
    expect(mean(propose({ random: 0 }, failed))).toBeGreaterThan(0.4);
    expect(mean(propose({ random: 0 }, failed))).toBeLessThan(0.6);
  });
});
