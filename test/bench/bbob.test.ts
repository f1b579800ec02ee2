import { describe, expect, it } from 'vitest';
import { normals, uniforms } from '../../bench/samplers/bbob/generator.js';
import { rotation, times, transposed } from '../../bench/samplers/bbob/linear.js';
import { BBOB_FUNCTIONS, bbobProblem } from '../../bench/samplers/bbob/problems.js';
import { stream } from '../../src/core/random.js';

/** Values at (0, 0, 0, 0) of instance 0: the doctest of pycma's bbobbenchmarks. */
const AT_ZERO = [
  -77.2745459, 6180022.8217, 92.987750752, 92.987750752, 140.51011761, 70877.955412, -72.550520219,
  33355.792472, -339.94, 4374717.4934, 15631566.348, 4715481.086, 550.5997839, -17.299175622, 27.363312851,
  -227.82783352, -24.330591878, 131.42015934, 40.710373742, 6160.8178292, 376.74688954, 107.83042676,
  220.48226655, 106.09476738,
];

/** Dimensions and instances of the columns of {@link ELSEWHERE}. */
const CASES = [
  [2, 1],
  [5, 15],
  [10, 3],
] as const;

/** Values of pycma 4.5.0 at x_j = ((7 j² + 3 j + id) mod 21) / 2.2 − 4.6, j = 0, 1, …; a row for each function. */
const ELSEWHERE = [
  [101.248269287, 288.316573234, -106.40955629],
  [147510.528802, 7649129.39298, 22397367.5891],
  [-445.050350131, 975.20431818, 1060.79082457],
  [-418.183903839, 3169.65309788, 2093.44972457],
  [25.9354545455, 137.516260236, 246.311908889],
  [361948.884934, 340167.548072, 569460.631437],
  [126.097939551, -247.741615945, 837.446125323],
  [2594.52052047, 250021.08077, 760950.867829],
  [9869.94117575, 40923.9786232, 102077.110996],
  [40235831.0028, 9002971.95196, 24388791.0546],
  [940217.467421, 83292.4301779, 7917351.30586],
  [26287455777.9, 80483115.661, 190362882.845],
  [310.863746914, 1740.81184692, 2049.79883849],
  [-34.432467524, 24.8552832839, 100.791394039],
  [1368.06053775, 84.8185649498, 687.541369877],
  [108.087935949, 126.865542024, 143.866001754],
  [-8.22029323835, -333.570384083, 325.659209523],
  [22.5849139507, -247.238213629, 464.63574683],
  [-63.4351706616, 5.68364927873, 265.497089197],
  [32542.653807, 12407.4251325, 80458.2648892],
  [74.5173820142, 3.89246606484, -288.048274437],
  [-929.285695028, 692.384637987, 36.2477689175],
  [47.1325496511, 0.578589329148, -120.744406314],
  [140.883379704, 449.390140336, 243.084228571],
];

const pointOf = (id: number, d: number): number[] =>
  Array.from({ length: d }, (_, j) => ((7 * j * j + 3 * j + id) % 21) / 2.2 - 4.6);

describe('the BBOB functions', () => {
  it('are f1 to f24', () => {
    expect(BBOB_FUNCTIONS.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  });

  it.each(BBOB_FUNCTIONS.map((definition) => [definition.id, definition.name, definition] as const))(
    'f%i (%s) has the values of the reference',
    (id, _, definition) => {
      const zero = bbobProblem(definition, 0, 4).value([0, 0, 0, 0]);
      expect(zero / AT_ZERO[id - 1]!).toBeCloseTo(1, 7);
      CASES.forEach(([d, instance], column) => {
        const value = bbobProblem(definition, instance, d).value(pointOf(id, d));
        expect(value / ELSEWHERE[id - 1]![column]!).toBeCloseTo(1, 8);
      });
    },
  );

  it.each(BBOB_FUNCTIONS.map((definition) => [definition.id, definition] as const))(
    'f%i has its minimum at its optimum, inside the box',
    (id, definition) => {
      for (const [d, instance] of [...CASES, [20, 9] as const]) {
        const { value, minimum, optimum } = bbobProblem(definition, instance, d);
        expect(value(optimum) - minimum).toBeLessThan(1e-9);
        expect(Math.max(...optimum.map(Math.abs))).toBeLessThanOrEqual(5);
        const random = stream('bbob', id, d);
        for (let draw = 0; draw < 50; draw++) {
          const x = optimum.map(() => 10 * random.uniform() - 5);
          expect(value(x)).toBeGreaterThan(minimum);
        }
      }
    },
  );

  it('has the optimum of f5 and f3 that the reference prints', () => {
    expect(bbobProblem(BBOB_FUNCTIONS[4]!, 0, 4).minimum).toBe(51.53);
    expect(bbobProblem(BBOB_FUNCTIONS[2]!, 13, 3).value([0, 1, 2])).toBeCloseTo(59.8733529, 6);
  });
});

describe('the generator of the BBOB', () => {
  it('gives uniform numbers in (0, 1) and normal ones', () => {
    const u = uniforms(20_000, 7);
    expect(Math.min(...u)).toBeGreaterThan(0);
    expect(Math.max(...u)).toBeLessThan(1);
    expect(u.reduce((sum, value) => sum + value, 0) / u.length).toBeCloseTo(0.5, 1.7);
    const z = normals(20_000, 7);
    expect(z.reduce((sum, value) => sum + value * value, 0) / z.length).toBeCloseTo(1, 1);
  });

  it('makes matrices that turn and do not stretch', () => {
    const matrix = rotation(23, 6);
    const x = [1, -2, 3, 0.5, 0, 4];
    times(transposed(matrix), times(matrix, x)).forEach((value, index) =>
      expect(value).toBeCloseTo(x[index]!, 12),
    );
  });
});
