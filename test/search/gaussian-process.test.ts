import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { gaussianProcess } from '../../src/search/gaussian-process.js';
import {
  cholesky,
  choleskyRow,
  inverseOf,
  solveLower,
  solveUpper,
} from '../../src/search/gaussian-process/cholesky.js';
import {
  fitHyperparameters,
  fitProblem,
  negativeLogPosterior,
} from '../../src/search/gaussian-process/fit.js';
import { matern, maternSlope, type Hyperparameters } from '../../src/search/gaussian-process/kernel.js';
import { minimise, type Evaluation } from '../../src/search/gaussian-process/lbfgs.js';
import {
  logExpectedImprovement,
  logImprovement,
} from '../../src/search/gaussian-process/log-expected-improvement.js';
import { MOST_TRIALS, modelOf } from '../../src/search/gaussian-process/model.js';
import {
  believe,
  posteriorOf,
  predict,
  predictWithSlopes,
} from '../../src/search/gaussian-process/posterior.js';
import { targetsOf } from '../../src/search/gaussian-process/targets.js';
import { modelAxes } from '../../src/search/model-axes.js';
import { branin, BRANIN_MINIMUM, numbersOf, rosenbrock } from './support/objectives.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { floatSpace, testSpace } from './support/space.js';

const random = stream('gaussian-process-test');
const uniform = (length: number): Float64Array => Float64Array.from({ length }, () => random.uniform());

describe('L-BFGS', () => {
  const numeric =
    (f: (x: Float64Array) => number) =>
    (x: Float64Array): Evaluation => ({
      value: f(x),
      gradient: x.map((_, index) => {
        const moved = (by: number): number =>
          f(x.map((value, place) => (place === index ? value + by : value)));
        return (moved(1e-6) - moved(-1e-6)) / 2e-6;
      }),
    });

  it('finds the minimum of a quadratic, however badly scaled', () => {
    for (const condition of [1, 1e2, 1e4, 1e6]) {
      const scales = [0, 1, 2, 3, 4].map((power) => condition ** (power / 4));
      const found = minimise(
        (x) => ({
          value: x.reduce((sum, value, index) => sum + 0.5 * scales[index]! * (value - index) ** 2, 0),
          gradient: x.map((value, index) => scales[index]! * (value - index)),
        }),
        new Float64Array(5).fill(-2),
        { steps: 200, tolerance: 1e-9 },
      );
      found.point.forEach((value, index) => expect(Math.abs(value - index)).toBeLessThan(1e-5));
    }
  });

  it('follows the valley of Rosenbrock', () => {
    for (const n of [2, 6]) {
      const found = minimise(
        numeric((x) => rosenbrock([...x])),
        new Float64Array(n).fill(-0.9),
        {
          steps: 300,
          tolerance: 1e-7,
        },
      );
      expect(found.value).toBeLessThan(1e-9);
      expect(found.evaluations).toBeLessThan(400);
    }
  });

  it('backs off from where the function is not defined, and never returns a worse point', () => {
    const found = minimise(
      numeric(([x]) => (x! > 0 ? x! - Math.log(x!) : Infinity)),
      Float64Array.of(40),
      { steps: 60, tolerance: 1e-6 },
    );
    expect(found.point[0]).toBeCloseTo(1, 3);
    const stuck = minimise(() => ({ value: NaN, gradient: Float64Array.of(1) }), Float64Array.of(3), {
      steps: 5,
      tolerance: 0,
    });
    expect([...stuck.point]).toEqual([3]);
  });
});

describe('Cholesky', () => {
  const n = 8;
  const square = Array.from({ length: n }, () => uniform(n));
  const matrix = square.map((row, i) =>
    Float64Array.from({ length: i + 1 }, (_, j) =>
      row.reduce((sum, value, k) => sum + value * square[j]![k]!, i === j ? 0.5 : 0),
    ),
  );
  const at = (i: number, j: number): number => (i >= j ? matrix[i]![j]! : matrix[j]![i]!);

  it('solves, and inverts', () => {
    const lower = cholesky(matrix);
    const b = uniform(n);
    const x = solveUpper(lower, solveLower(lower, b));
    b.forEach((value, i) =>
      expect(x.reduce((sum, part, j) => sum + at(i, j) * part, 0)).toBeCloseTo(value, 9),
    );
    const inverse = inverseOf(lower);
    for (let i = 0; i < n; i++) {
      expect(inverse[i]!.reduce((sum, value, j) => sum + value * b[j]!, 0) + 0).toBeCloseTo(
        x[i]! - b.slice(i + 1).reduce((sum, value, j) => sum + inverse[i + 1 + j]![i]! * value, 0),
        9,
      );
    }
  });

  it('grows by a row, and refuses what is not positive definite', () => {
    const lower = cholesky(matrix);
    expect(choleskyRow(lower.slice(0, -1), matrix.at(-1)!)).toEqual(lower.at(-1));
    expect(() => cholesky([Float64Array.of(1), Float64Array.of(2, 1)])).toThrow(RangeError);
  });
});

describe('the kernel', () => {
  it('is Matérn 5/2, with its slope', () => {
    expect(matern(0)).toBe(1);
    expect(matern(1)).toBeCloseTo((1 + Math.sqrt(5) + 5 / 3) * Math.exp(-Math.sqrt(5)), 14);
    for (const square of [1e-3, 0.4, 2, 30]) {
      const slope = (matern(square * 1.0001) - matern(square * 0.9999)) / (0.0002 * square);
      expect(maternSlope(square)).toBeCloseTo(slope, 6);
    }
  });
});

const space = testSpace([
  { name: 'x', kind: 'float', low: 0, high: 1 },
  { name: 'y', kind: 'float', low: 0, high: 1 },
  { name: 'c', kind: 'categorical', choices: ['a', 'b', 'c'] },
]);
const axes = modelAxes(space);
const points = Array.from({ length: 25 }, () => {
  const point = uniform(3);
  point[2] = random.integer(3);
  return point;
});
const targets = Float64Array.from(points, ([x, y, c]) => Math.sin(5 * x!) + y! * 0.3 + (c === 1 ? 0.8 : 0));

describe('the fit', () => {
  it('has the slopes of its posterior', () => {
    const problem = fitProblem(axes, points, targets);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (logs) => {
          const here = Float64Array.from(logs);
          const { gradient } = negativeLogPosterior(problem, here);
          gradient.forEach((slope, index) => {
            const moved = (by: number): number =>
              negativeLogPosterior(
                problem,
                here.map((log, place) => (place === index ? log + by : log)),
              ).value;
            const expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            expect(Math.abs(slope - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
          });
        },
      ),
      { numRuns: 20, seed: 3 },
    );
  });

  it('is the closed form for two trials', () => {
    // K = [[s + v, k], [k, s + v]] by hand; s = 1, inverse squared length 1, v = 1e-6 + 0.1.
    const [a, b] = [1 + 1e-6 + 0.1, matern(0.25)];
    const [p, q] = [0.7, -0.4];
    const determinant = a * a - b * b;
    const likelihood =
      0.5 * ((a * p * p - 2 * b * p * q + a * q * q) / determinant) + 0.5 * Math.log(determinant);
    const prior = 0.1 + 0.1 + 1 - 0.1 * Math.log(a - 1) + 30 * (a - 1);
    const problem = fitProblem(
      modelAxes(floatSpace(1)),
      [Float64Array.of(0), Float64Array.of(0.5)],
      Float64Array.of(p, q),
    );
    expect(negativeLogPosterior(problem, Float64Array.of(0, 0, Math.log(0.1))).value).toBeCloseTo(
      likelihood + prior,
      12,
    );
  });

  it('finds which axis matters', () => {
    const { inverseSquareLengths: weights, noise } = fitHyperparameters(axes, points, targets);
    expect(weights[0]).toBeGreaterThan(3 * weights[1]!);
    expect(weights[2]).toBeGreaterThan(weights[1]!);
    expect(noise).toBeLessThan(0.01);
  });
});

describe('the posterior', () => {
  const hyperparameters: Hyperparameters = {
    inverseSquareLengths: Float64Array.of(4, 1, 0.5),
    scale: 1.5,
    noise: 1e-6,
  };
  const posterior = posteriorOf(axes, hyperparameters, points, targets);

  it('passes through what was told, and forgets it far away', () => {
    points.forEach((point, index) => {
      const { mean, variance } = predict(posterior, point);
      expect(mean).toBeCloseTo(targets[index]!, 3);
      expect(variance).toBeLessThan(1e-4);
    });
    const far = predict(posterior, Float64Array.of(1e3, 1e3, 0));
    expect(far.mean).toBeCloseTo(0, 9);
    expect(far.variance).toBeCloseTo(1.5, 9);
  });

  it('has the slopes of its predictions', () => {
    const x = Float64Array.of(0.41, 0.77, 2);
    const { meanSlopes, varianceSlopes } = predictWithSlopes(posterior, x, [0, 1]);
    [0, 1].forEach((axis) => {
      const moved = (by: number): ReturnType<typeof predict> =>
        predict(
          posterior,
          x.map((value, place) => (place === axis ? value + by : value)),
        );
      expect(meanSlopes[axis]).toBeCloseTo((moved(1e-5).mean - moved(-1e-5).mean) / 2e-5, 4);
      expect(varianceSlopes[axis]).toBeCloseTo((moved(1e-5).variance - moved(-1e-5).variance) / 2e-5, 4);
    });
  });

  it('believes: as if its mean had been told', () => {
    const x = Float64Array.of(0.2, 0.1, 1);
    const told = posteriorOf(
      axes,
      hyperparameters,
      [...points, x],
      Float64Array.of(...targets, predict(posterior, x).mean),
    );
    for (const other of [x, Float64Array.of(0.3, 0.2, 1), Float64Array.of(0.9, 0.9, 0)]) {
      const [one, two] = [predict(believe(posterior, x), other), predict(told, other)];
      expect(one.mean).toBeCloseTo(two.mean, 6);
      expect(one.variance).toBeCloseTo(two.variance, 6);
      expect(one.mean).toBeCloseTo(predict(posterior, other).mean, 6);
    }
  });
});

describe('log expected improvement', () => {
  // 40-digit arithmetic.
  it.each([
    [-1000, -500014.73445209],
    [-40, -808.29856835662],
    [-10, -55.553122036122],
    [-2, -4.7687835239171],
    [-1, -2.4851210257126],
    [0, -0.91893853320467],
    [1, 0.080026218849307],
    [5, 1.6094379231264],
  ] as [number, number][])('has log h(%f) = %f', (z, expected) =>
    expect(Math.abs(logImprovement(z) - expected)).toBeLessThan(2e-9 * Math.abs(expected)),
  );

  it('has no jumps, and the slopes that it says', () => {
    for (const z of [-1e4, -1]) {
      const gap = logImprovement(z * (1 + 1e-9)) - logImprovement(z * (1 - 1e-9));
      expect(Math.abs(gap)).toBeLessThan(5e-9 * z * z);
    }
    for (const [best, mean, variance] of [
      [0, 0.5, 0.3],
      [-1, 3, 0.05],
      [1, 0, 1],
    ] as const) {
      const { byMean, byVariance } = logExpectedImprovement(best, mean, variance);
      const value = (m: number, v: number): number => logExpectedImprovement(best, m, v).value;
      const h = 1e-6;
      expect(byMean / ((value(mean + h, variance) - value(mean - h, variance)) / (2 * h))).toBeCloseTo(1, 4);
      expect(byVariance / ((value(mean, variance + h) - value(mean, variance - h)) / (2 * h))).toBeCloseTo(
        1,
        4,
      );
    }
  });
});

describe('targets', () => {
  it('have mean 0 and variance 1, failures as the worst, huge losses pulled in', () => {
    const history = [1, 2, 3, 1e9, Infinity].map((value, trial) => observation(trial, value));
    const result = [...targetsOf(history)];
    expect(result.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(result.reduce((sum, value) => sum + value ** 2, 0) / 5).toBeCloseTo(1, 12);
    expect(result[4]).toBe(result[3]);
    // Median 2, best 1: the limit is 2 + 3 · (2 − 1) = 5.
    expect((result[3]! - result[0]!) / (result[1]! - result[0]!)).toBeCloseTo(4, 9);
  });

  it('are 0 where all are alike or all failed', () => {
    for (const values of [
      [1, 1],
      // Their mean rounds to another number.
      [0.1, 0.1, 0.1],
    ]) {
      const told = values.map((value, trial) => observation(trial, value));
      expect([...targetsOf(told)]).toEqual(values.map(() => 0));
    }
    expect([...targetsOf([Infinity, Infinity].map((value, trial) => observation(trial, value)))]).toEqual([
      0, 0,
    ]);
  });

  it('tell values apart whose squares overflow or vanish', () => {
    const plain = [...targetsOf([1, 2, 4].map((value, trial) => observation(trial, value)))];
    for (const unit of [1e-200, 1e200, 2e307]) {
      const scaled = targetsOf([1, 2, 4].map((value, trial) => observation(trial, value * unit)));
      scaled.forEach((value, index) => expect(value).toBeCloseTo(plain[index]!, 9));
    }
    const wide = targetsOf([-1.7e308, 1.7e308].map((value, trial) => observation(trial, value)));
    expect([...wide]).toEqual([-1, 1]);
  });

  it('follow the standings where fidelities differ', () => {
    const history = [[5, 90], [4], [6, 80], [7]].map((curve, trial) =>
      observation(trial, curve.at(-1)!, { curve }),
    );
    const result = targetsOf(history);
    expect(result[1]).toBeLessThan(result[3]!);
    expect(result[2]).toBeLessThan(result[3]!);
  });
});

describe('sampler', () => {
  it('finds the minimum of Branin in 40 trials, waves of four', () => {
    const run = runSearch({
      sampler: gaussianProcess,
      space: testSpace([
        { name: 'x', kind: 'float', low: -5, high: 10 },
        { name: 'y', kind: 'float', low: 0, high: 15 },
      ]),
      seed: 'branin',
      trials: 40,
      objective: (assignment) => branin(numbersOf(assignment)),
    });
    expect(bestValue(run) - BRANIN_MINIMUM).toBeLessThan(0.05);
  });

  it('takes more trials than it holds', () => {
    const cube = floatSpace(2);
    const history = Array.from({ length: MOST_TRIALS + 60 }, (_, trial) => {
      const [x0, x1] = [random.uniform(), random.uniform()];
      return observation(trial, (x0 - 0.3) ** 2 + x1 ** 2, { wave: trial, assignment: { x0, x1 } });
    });
    const posterior = modelOf(cube, history);
    expect(posterior.points).toHaveLength(MOST_TRIALS);
    const best = history.reduce((a, b) => (b.value < a.value ? b : a)).assignment;
    for (const kept of [best, history.at(-1)!.assignment]) {
      expect(posterior.points.some(([x, y]) => x === kept['x0'] && y === kept['x1'])).toBe(true);
    }
  });

  it('does not depend on what it was asked before: parameters come from a prefix of the history', () => {
    const cube = floatSpace(2);
    const run = runSearch({
      sampler: gaussianProcess,
      space: cube,
      seed: 'prefix',
      trials: 32,
      objective: ({ x0, x1 }) => (x0 as number) * (x1 as number),
    });
    const request = {
      options: gaussianProcess.schema.parse({}),
      seed: 'prefix',
      history: run,
      wave: 8,
      firstTrial: 32,
      count: 2,
    };
    // A space of its own has no cache.
    expect(gaussianProcess.propose({ ...request, space: floatSpace(2) })).toEqual(
      gaussianProcess.propose({ ...request, space: cube }),
    );
  });
});
