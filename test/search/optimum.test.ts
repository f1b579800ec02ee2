import { describe, expect, it } from 'vitest';
import { builtinSamplers } from '../../src/search/registry.js';
import type { Space } from '../../src/space/space.js';
import {
  branin,
  BRANIN_MINIMUM,
  hartmann3,
  HARTMANN3_AT,
  HARTMANN3_MINIMUM,
  hartmann6,
  HARTMANN6_AT,
  HARTMANN6_MINIMUM,
  numbersOf,
  rosenbrock,
  sphere,
} from './support/objectives.js';
import { bestValue, runSearch } from './support/run.js';
import { floatSpace, testSpace } from './support/space.js';

interface Problem {
  readonly space: Space;
  readonly objective: (x: readonly number[]) => number;
  readonly minimum: number;
  readonly trials: number;
  /** Median gap to the minimum that each sampler has to reach. */
  readonly reach: Readonly<Record<string, number>>;
}

const problems: Readonly<Record<string, Problem>> = {
  sphere: {
    space: floatSpace(5, -5, 5),
    objective: sphere(1.3),
    minimum: 0,
    trials: 400,
    reach: { 'cma-es': 1e-3, 'differential-evolution': 0.03, 'regularized-evolution': 0.1 },
  },
  rosenbrock: {
    space: floatSpace(2, -2, 2),
    objective: rosenbrock,
    minimum: 0,
    trials: 500,
    reach: { 'cma-es': 1e-3, 'differential-evolution': 0.01, 'regularized-evolution': 0.06 },
  },
  branin: {
    space: testSpace([
      { name: 'x', kind: 'float', low: -5, high: 10 },
      { name: 'y', kind: 'float', low: 0, high: 15 },
    ]),
    objective: branin,
    minimum: BRANIN_MINIMUM,
    trials: 250,
    reach: { 'cma-es': 1e-3, 'differential-evolution': 0.04, 'regularized-evolution': 0.02 },
  },
  'hartmann-3': {
    space: floatSpace(3),
    objective: hartmann3,
    minimum: HARTMANN3_MINIMUM,
    trials: 200,
    reach: { 'cma-es': 0.01, 'differential-evolution': 0.03, 'regularized-evolution': 0.02 },
  },
  'hartmann-6': {
    space: floatSpace(6),
    objective: hartmann6,
    minimum: HARTMANN6_MINIMUM,
    trials: 400,
    reach: { 'cma-es': 0.15, 'differential-evolution': 0.2, 'regularized-evolution': 0.2 },
  },
};

const SEEDS = 11;

const medianGap = (
  sampler: string,
  { space, objective, minimum, trials }: Problem,
  seeds = SEEDS,
): number => {
  const gaps = Array.from({ length: seeds }, (_, seed) => {
    const run = runSearch({
      sampler: builtinSamplers.get(sampler),
      space,
      seed: `optimum/${seed}`,
      trials,
      objective: (assignment) => objective(numbersOf(assignment)),
    });
    return bestValue(run) - minimum;
  });
  return gaps.sort((a, b) => a - b)[Math.floor(seeds / 2)]!;
};

describe.each(Object.entries(problems))('%s', (_name, problem) => {
  it.each(Object.entries(problem.reach))(
    '%s comes near the minimum, and nearer than chance',
    (sampler, gap) => {
      const reached = medianGap(sampler, problem);
      expect(reached).toBeGreaterThan(-1e-5);
      expect(reached).toBeLessThan(gap);
      expect(reached).toBeLessThan(0.7 * medianGap('random', problem));
    },
  );
});

// These learn more from each trial and take longer to think: fewer trials, fewer seeds.
it.each([
  ['tpe', 'branin', 100, 7, 0.1],
  ['tpe', 'hartmann-6', 100, 7, 0.4],
  ['bohb', 'branin', 150, 11, 0.3],
  ['bohb', 'hartmann-6', 150, 11, 0.6],
  ['gaussian-process', 'branin', 40, 3, 0.02],
  ['gaussian-process', 'hartmann-6', 50, 3, 0.25],
])(
  '%s comes near the minimum of %s in %i trials, and nearer than chance',
  (sampler, name, trials, seeds, gap) => {
    const problem = { ...problems[name]!, trials };
    const reached = medianGap(sampler, problem, seeds);
    expect(reached).toBeGreaterThan(-1e-5);
    expect(reached).toBeLessThan(gap);
    expect(reached).toBeLessThan(0.7 * medianGap('random', problem));
  },
);

it('the test problems have their known minima', () => {
  expect(branin([Math.PI, 2.275])).toBeCloseTo(BRANIN_MINIMUM, 12);
  expect(hartmann3(HARTMANN3_AT)).toBeCloseTo(HARTMANN3_MINIMUM, 4);
  expect(hartmann6(HARTMANN6_AT)).toBeCloseTo(HARTMANN6_MINIMUM, 4);
  expect(rosenbrock([1, 1, 1])).toBe(0);
});

it('cma-es learns a valley that is a thousand times longer than wide', () => {
  const run = runSearch({
    sampler: builtinSamplers.get('cma-es'),
    space: floatSpace(4),
    seed: 'valley',
    trials: 1500,
    objective: (assignment) =>
      numbersOf(assignment).reduce((sum, x, index) => sum + 10 ** (2 * index) * (x - 0.6) ** 2, 0),
  });
  expect(bestValue(run)).toBeLessThan(1e-10);
});
