import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import { evaluateExpression } from '../../src/expressions/evaluate-expression.js';
import { gradientForm } from '../../src/expressions/gradient-form.js';
import { sizeOf, type Expression } from '../../src/expressions/expression.js';
import { OPERATOR_NAMES } from '../../src/expressions/operators.js';
import { parseExpression } from '../../src/expressions/parse-expression.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import { geneticProgramming } from '../../src/search/genetic-programming.js';
import { random } from '../../src/search/random.js';
import { regularizedEvolution } from '../../src/search/regularized-evolution.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment } from '../../src/space/space.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { expressionSpace, mixedSpace } from './support/scenario.js';
import { testSpace } from './support/space.js';

const formulas = testSpace([
  {
    name: 'formula',
    kind: 'expression',
    variables: ['p', 't'],
    operators: OPERATOR_NAMES,
    constants: { low: -2, high: 2 },
    maxDepth: 5,
    maxSize: 15,
  },
]);

const GRID = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98].flatMap((p) => [0, 1].map((t) => ({ p, t })));

/** Derivatives by p on the grid, over their norm: all that training sees of a formula. */
function direction(formula: Expression): readonly number[] {
  const at = (point: { readonly p: number; readonly t: number }, step: number): number =>
    evaluateExpression(formula, { ...point, p: point.p + step });
  const slopes = GRID.map((point) => (at(point, 1e-5) - at(point, -1e-5)) / 2e-5);
  const norm = Math.hypot(...slopes);
  return slopes.map((slope) => slope / norm);
}

/** Squared distance of the directions of two losses, 0 to 4; +Infinity for one without a gradient. */
const distanceFrom = (target: string) => {
  const wanted = direction(parseExpression(target));
  return ({ formula }: Assignment): number => {
    const own = direction(parseExpression(String(formula)));
    const distance = own.reduce((sum, slope, index) => sum + (slope - wanted[index]!) ** 2, 0);
    return Number.isFinite(distance) ? distance : Infinity;
  };
};

/** Fewer operators, so that a few hundred trials get somewhere. */
const plain = testSpace([
  {
    name: 'formula',
    kind: 'expression',
    variables: ['p', 't'],
    operators: ['add', 'sub', 'mul', 'div', 'log', 'square', 'neg'],
    constants: { low: -2, high: 2 },
    maxDepth: 4,
    maxSize: 11,
  },
]);

/** The nearest that each of some runs comes to a formula. */
const nearest = (sampler: AnySampler, target: string): readonly number[] =>
  Array.from({ length: 6 }, (_, seed) =>
    bestValue(
      runSearch({
        sampler,
        space: plain,
        seed: `${seed}`,
        trials: 300,
        objective: distanceFrom(target),
      }),
    ),
  );

describe('genetic programming', () => {
  it(
    'comes nearer to formulas than random search, and finds more of them, with an equal budget',
    { timeout: 60_000 },
    () => {
      const targets = ['square(p - t) * p', '-(t * log(p)) - (1 - t) * log(1 - p)', 't / p - log(p)'];
      const pairs = targets.flatMap((target) => {
        const byChance = nearest(random, target);
        return nearest(geneticProgramming, target).map((own, run) => [own, byChance[run]!] as const);
      });
      const closer = pairs.filter(([own, other]) => own < other).length;
      const hits = (which: 0 | 1): number => pairs.filter((pair) => pair[which] < 1e-6).length;
      // Of 18 fair coins 14 fall on one side in 1.5 % of all cases.
      expect(closer).toBeGreaterThanOrEqual(14);
      expect(hits(0)).toBeGreaterThan(hits(1));
    },
  );

  it('begins with trees of all depths, half of them full', () => {
    const run = runSearch({
      sampler: geneticProgramming,
      space: formulas,
      seed: 'ramp',
      trials: 40,
      objective: () => 0,
    });
    const sizes = run.map(({ assignment }) => sizeOf(parseExpression(String(assignment['formula']))));
    expect(Math.min(...sizes)).toBeLessThanOrEqual(4);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(10);
    expect(new Set(run.map(({ assignment }) => assignment['formula'])).size).toBe(40);
  });

  it('never proposes what would train like an earlier trial, scale and constants apart', () => {
    const run = runSearch({
      sampler: geneticProgramming,
      space: formulas,
      seed: 'twins',
      trials: 200,
      objective: distanceFrom('-(t * log(p))'),
    });
    const forms = run.map(({ assignment }) =>
      printExpression(gradientForm(parseExpression(String(assignment['formula'])))),
    );
    expect(new Set(forms).size).toBe(200);
  });

  it('keeps the best, however old, and breeds from them alone', () => {
    const text = (trial: number): string =>
      trial === 3 ? 't * log(p)' : `${1 + trial / 100} * p + square(t) + p`;
    const history: Observation[] = Array.from({ length: 60 }, (_, trial) =>
      observation(trial, trial === 3 ? 0 : 1 + trial, { wave: trial, assignment: { formula: text(trial) } }),
    );
    const children = geneticProgramming.propose({
      options: geneticProgramming.schema.parse({ population: 2, tournament: 50, parsimony: 0.5 }),
      space: formulas,
      seed: 'elite',
      history,
      wave: 60,
      firstTrial: 60,
      count: 40,
    });
    const related = children.filter(({ formula }) => String(formula).includes('log(p)'));
    expect(related.length).toBeGreaterThan(20);
  });

  it('presses the size of formulas where told so', () => {
    const size = (parsimony: number): number => {
      const run = runSearch({
        sampler: geneticProgramming,
        space: formulas,
        seed: 'size',
        trials: 260,
        // Says nothing of the formula, but never the same of two.
        objective: ({ formula }) => stream('noise', String(formula)).uniform(),
        options: { parsimony },
      });
      const late = run
        .slice(-100)
        .map(({ assignment }) => sizeOf(parseExpression(String(assignment['formula']))));
      return late.reduce((sum, one) => sum + one, 0) / late.length;
    };
    expect(size(1)).toBeLessThan(size(0.5));
  });

  it('searches what is beside the formula as well', () => {
    const objective = (assignment: Assignment): number =>
      Math.abs(Math.log10(assignment['rate'] as number) + 2) + (assignment['warm'] === true ? 0 : 1);
    const best = (sampler: AnySampler): number =>
      bestValue(runSearch({ sampler, space: expressionSpace, seed: 'rate', trials: 150, objective }));
    expect(best(geneticProgramming)).toBeLessThan(0.05);
  });

  it('refuses a space without a formula, in one line', () => {
    expect(() => geneticProgramming.check(mixedSpace, geneticProgramming.schema.parse({}))).toThrow(
      UserError,
    );
    expect(() => geneticProgramming.check(mixedSpace, geneticProgramming.schema.parse({}))).toThrow(
      'the sampler "genetic-programming" needs an entry of type expression',
    );
  });
});

it('evolution of coordinates changes formulas as trees', () => {
  const run = runSearch({
    sampler: regularizedEvolution,
    space: formulas,
    seed: 'trees',
    trials: 300,
    objective: distanceFrom('square(p - t)'),
  });
  expect(bestValue(run)).toBeLessThan(
    bestValue(
      runSearch({
        sampler: random,
        space: formulas,
        seed: 'trees',
        trials: 100,
        objective: distanceFrom('square(p - t)'),
      }),
    ) + 1e-12,
  );
});
