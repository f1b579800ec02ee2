import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { builtinImportanceEvaluators } from '../../src/importance/registry.js';
import { parameterImportance } from '../../src/importance/parameter-importance.js';
import { sharesOf } from '../../src/importance/regime.js';
import type { Observation } from '../../src/search/sampler.js';
import { createSpace } from '../../src/space/create-space.js';
import { valueIn } from '../../src/space/entry-value.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { deepFreeze } from '../search/support/deep-freeze.js';
import { observation } from '../search/support/observation.js';
import { testSpace } from '../search/support/space.js';

const space = testSpace([
  { name: 'family', kind: 'categorical', choices: ['a', 'b', 'c'] },
  { name: 'strong', kind: 'float', low: 0, high: 1 },
  { name: 'weak', kind: 'float', low: 1e-3, high: 10, log: true },
  { name: 'none', kind: 'int', low: 1, high: 9 },
  { name: 'fixed', kind: 'float', low: 2, high: 2 },
  { name: 'inside', kind: 'float', low: 0, high: 1, when: [{ entry: 'family', oneOf: ['b'] }] },
  { name: 'idle', kind: 'float', low: 0, high: 1, when: [{ entry: 'family', oneOf: ['b'] }] },
  { name: 'mix', kind: 'simplex', parts: 3 },
]);

type Objective = (assignment: Assignment) => number;

function trialsOf(where: Space, objective: Objective, count: number, seed = 1): Observation[] {
  const random = stream('importance test', seed);
  return Array.from({ length: count }, (_, trial) => {
    const assignment = where.decode(Array.from({ length: where.dimensions }, () => random.uniform()));
    return observation(trial, objective(assignment), { assignment });
  });
}

const number = (assignment: Assignment, entry: string): number => valueIn(assignment, entry) as number;

/** `strong` matters most, then `weak`; `inside` matters for the family b alone. */
const objective: Objective = (assignment) =>
  10 * (number(assignment, 'strong') - 0.3) ** 2 +
  0.1 * Math.abs(Math.log10(number(assignment, 'weak'))) +
  (assignment['family'] === 'b' ? 8 * number(assignment, 'inside') : 0);

describe.each(builtinImportanceEvaluators.members.map((one) => [one.name, one] as const))(
  '%s',
  (_, evaluator) => {
    const of = (trials: readonly Observation[], where = space): ReadonlyMap<string, number | undefined> =>
      new Map(evaluator.evaluate(where, trials).map(({ entry, importance }) => [entry, importance]));

    it('has a summary and a source', () => {
      expect(evaluator.summary).not.toBe('');
      expect(evaluator.source).not.toBe('');
    });

    it('finds what matters, with every entry of more than one value in the order of the space', () => {
      const found = of(trialsOf(space, objective, 240));
      expect([...found.keys()]).toEqual(['family', 'strong', 'weak', 'none', 'inside', 'idle', 'mix']);
      const strong = found.get('strong')!;
      for (const other of ['weak', 'none']) expect(strong).toBeGreaterThan(1.5 * found.get(other)!);
      for (const one of found.values()) expect(one).toBeGreaterThanOrEqual(0);
    });

    it('measures a conditional entry within the trials in which it is active', () => {
      const trials = trialsOf(space, objective, 240);
      const found = of(trials);
      expect(found.get('inside')!).toBeGreaterThan(3 * found.get('idle')!);
      const counts = new Map(evaluator.evaluate(space, trials).map((one) => [one.entry, one.trials]));
      const active = trials.filter(({ assignment }) => assignment['family'] === 'b').length;
      expect(counts.get('inside')).toBe(active);
      expect(counts.get('strong')).toBe(240);
      // What the other trials did changes nothing.
      const others = trials.map((trial) =>
        trial.assignment['family'] === 'b' ? trial : { ...trial, value: -trial.value, curve: [-trial.value] },
      );
      expect(of(others).get('inside')).toBe(found.get('inside'));
    });

    it('counts failures as the worst, and a value by its rank alone', () => {
      const trials = trialsOf(space, objective, 150);
      const bad = (trial: Observation): boolean => trial.value > 3;
      const failed = trials.map((trial) => (bad(trial) ? { ...trial, value: Infinity, curve: [] } : trial));
      expect(of(failed).get('strong')!).toBeGreaterThan(3 * of(failed).get('none')!);
      const squeezed = trials.map((trial) =>
        observation(trial.trial, Math.exp(5 * trial.value), { assignment: trial.assignment }),
      );
      expect(of(squeezed)).toEqual(of(trials));
    });

    it('says nothing where the trials do not: too few, all failed, all equal', () => {
      const none = (trials: readonly Observation[]): void => {
        for (const one of of(trials).values()) expect(one).toBeUndefined();
      };
      none([]);
      none(trialsOf(space, objective, 3));
      none(trialsOf(space, () => Infinity, 60));
      none(trialsOf(space, () => 1, 60));
      none(
        trialsOf(space, objective, 60).map((trial, index) =>
          index < 3 ? trial : { ...trial, value: Infinity },
        ),
      );
    });

    it('says nothing of an entry that had one value in all trials', () => {
      const trials = trialsOf(space, objective, 60).map((trial) => ({
        ...trial,
        assignment: { ...trial.assignment, none: 5, mix: [0.5, 0.25, 0.25] },
      }));
      const found = of(trials);
      expect([found.get('none'), found.get('mix')]).toEqual([undefined, undefined]);
      expect(found.get('strong')).toBeGreaterThan(0);
    });

    it('does not depend on the order or the identity of the trials, and changes nothing', () => {
      const trials = deepFreeze(trialsOf(space, objective, 60));
      expect(of(structuredClone(trials))).toEqual(of(trials));
    });

    it('compares trials of unequal fidelity as far as both were trained', () => {
      // Those that trained longer have smaller values whatever their point: comparing values would see nothing else.
      const trials = trialsOf(space, objective, 150).map((trial, index) => {
        const curve = index % 2 === 0 ? [100 + trial.value] : [100 + trial.value, trial.value];
        return { ...trial, value: curve.at(-1)!, curve };
      });
      const found = of(trials);
      expect(found.get('strong')!).toBeGreaterThan(2 * found.get('none')!);
    });
  },
);

it('PED-ANOVA cancels what the sampler preferred by itself', () => {
  const trials = trialsOf(space, objective, 400).filter(
    // Nine of ten trials with `none` above 2 are gone, whatever their value.
    ({ assignment, trial }) => number(assignment, 'none') <= 2 || trial % 10 === 0,
  );
  const found = builtinImportanceEvaluators.get('ped-anova').evaluate(space, trials);
  const one = found.find(({ entry }) => entry === 'none')!;
  expect(one.importance!).toBeLessThan(one.noise!);
});

it('PED-ANOVA has a noise level that an entry without influence exceeds in about one case of twenty', () => {
  const flat = testSpace([{ name: 'x', kind: 'float', low: 0, high: 1 }]);
  const above = Array.from({ length: 100 }, (_, seed) => {
    const random = stream('noise', seed);
    const [one] = builtinImportanceEvaluators.get('ped-anova').evaluate(
      flat,
      trialsOf(flat, () => random.uniform(), 40, seed),
    );
    return one!.importance! > one!.noise!;
  }).filter((yes) => yes).length;
  // 100 cases with probability .05: 5 expected, standard deviation 2.2.
  expect(above).toBeGreaterThanOrEqual(1);
  expect(above).toBeLessThanOrEqual(13);
});

it('fANOVA of an additive function gives each entry its part of the variance', () => {
  const plain = testSpace(['x', 'y'].map((name) => ({ name, kind: 'float', low: 0, high: 1 }) as const));
  // Standings of x + y/2 are nearly linear in it: variances 1 and 1/4, so parts near .8 and .2.
  const trials = trialsOf(plain, (point) => number(point, 'x') + number(point, 'y') / 2, 300);
  const found = builtinImportanceEvaluators.get('fanova').evaluate(plain, trials);
  expect(found[0]!.importance).toBeGreaterThan(0.72);
  expect(found[0]!.importance).toBeLessThan(0.86);
  expect(found[1]!.importance).toBeGreaterThan(0.12);
  expect(found[1]!.importance).toBeLessThan(0.26);
});

it('shares are the part of the others that a trial is ahead of: failures are behind all, those that miss a constraint by less before', () => {
  const trials = [
    observation(0, 3),
    observation(1, 1),
    observation(2, Infinity, { curve: [], violations: [0.5] }),
    observation(3, 3),
    observation(4, Infinity, { curve: [], violations: [2, 0.5] }),
    observation(5, Infinity, { curve: [], violations: [Infinity, Infinity] }),
    observation(6, Infinity, { curve: [], violations: [Infinity, Infinity] }),
  ];
  expect(sharesOf(trials)).toEqual([4.5, 6, 3, 4.5, 2, 0.5, 0.5].map((ahead) => ahead / 6));
});

it('fANOVA sees by how much trials miss a constraint', () => {
  const plain = testSpace(['x', 'y'].map((name) => ({ name, kind: 'float', low: 0, high: 1 }) as const));
  // Few keep it, x ≤ 0.1; the others miss it by their y.
  const trials = trialsOf(plain, (point) => number(point, 'y'), 200).map((trial) =>
    number(trial.assignment, 'x') <= 0.1
      ? { ...trial, violations: [0] }
      : { ...trial, value: Infinity, curve: [], violations: [0.01 + number(trial.assignment, 'y')] },
  );
  const [x, y] = builtinImportanceEvaluators.get('fanova').evaluate(plain, trials);
  expect(x!.importance).toBeGreaterThan(0.1);
  expect(y!.importance).toBeGreaterThan(0.5);
});

it('a table of importances is sorted, adds up to one, and says where an entry is active', () => {
  const table = parameterImportance(space, trialsOf(space, objective, 240));
  const values = table.map(({ importance }) => importance!);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(table.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(table.reduce((sum, { share }) => sum + share!, 0)).toBeCloseTo(1, 12);
  expect(table.find(({ entry }) => entry === 'inside')!.activeWhen).toBe('family = b');
  expect(table.find(({ entry }) => entry === 'strong')!.activeWhen).toBe('');
  const few = parameterImportance(space, trialsOf(space, objective, 2));
  expect(few.map(({ rank, share }) => [rank, share])).toEqual(few.map(() => [undefined, undefined]));
});

it('leaves formulas out: their values lie on no axis', () => {
  const space = createSpace({
    name: 'formulas',
    parameters: {
      formula: { type: 'expression', variables: ['p', 't'], maxDepth: 3, maxSize: 7 },
      rate: { type: 'float', low: 0.001, high: 0.1, log: true },
    },
    candidate: {
      loss: { name: 'symbolic', options: { expression: '$formula' } },
      learningRate: '$rate',
    },
  } as never);
  const random = stream('formulas');
  const trials = Array.from({ length: 30 }, (_, trial) => {
    const assignment = space.decode(Array.from({ length: space.dimensions }, () => random.uniform()));
    return observation(trial, assignment['rate'] as number, { assignment });
  });
  for (const evaluator of builtinImportanceEvaluators.members) {
    expect(parameterImportance(space, trials, evaluator).map(({ entry }) => entry)).toEqual(['rate']);
  }
});

it('takes an evaluator by its name', () => {
  const trials = trialsOf(space, objective, 60);
  for (const evaluator of builtinImportanceEvaluators.members) {
    expect(parameterImportance(space, trials, evaluator.name)).toEqual(
      parameterImportance(space, trials, evaluator),
    );
  }
  const called = (evaluator: unknown) => () => parameterImportance(space, trials, evaluator as string);
  expect(called('ped-anov')).toThrow(
    expect.objectContaining({ code: 'unknown-name', expected: 'one of ped-anova, fanova' }) as Error,
  );
  for (const other of [3, null, {}]) {
    expect(called(other)).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
  }
});
