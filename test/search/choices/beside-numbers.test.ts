import { describe, expect, it } from 'vitest';
import { cmaEs } from '../../../src/search/cma-es.js';
import { choicesOf, searchCube } from '../../../src/search/normal-search/search-cube.js';
import { categories, evaluations, stateOf } from '../support/choices.js';
import { observation } from '../support/observation.js';
import { testSpace, type TestEntry } from '../support/space.js';

describe('numbers and choices', () => {
  it('converge together', () => {
    const numbers = Array.from({ length: 4 }, (_, index): TestEntry => ({
      name: `x${index}`,
      kind: 'float',
      low: 0,
      high: 1,
    }));
    const space = testSpace([...numbers, ...categories(4, 5)]);
    expect(evaluations(cmaEs, space, 1e-8, 2000, { restart: 'none' })[4]).toBeLessThan(1100);
  });

  it('leave each other alone: numbers are drawn as if there were no choices', () => {
    const numbers: TestEntry[] = [{ name: 'x', kind: 'float', low: 0, high: 1 }];
    const numbersIn = (entries: TestEntry[]): unknown[] => {
      const space = testSpace(entries);
      const request = { options: cmaEs.schema.parse({}), space, seed: 's', history: [], wave: 0 };
      return cmaEs.propose({ ...request, firstTrial: 0, count: 20 }).map(({ x }) => x);
    };
    expect(numbersIn([...categories(3, 4), ...numbers])).toEqual(numbersIn(numbers));
  });

  it('learn nothing of an entry while it is inactive', () => {
    const space = testSpace([
      { name: 'a', kind: 'categorical', choices: ['on', 'off'] },
      { name: 'b', kind: 'categorical', choices: ['x', 'y', 'z'], when: [{ entry: 'a', oneOf: ['on'] }] },
    ]);
    const history = Array.from({ length: 40 }, (_, trial) =>
      observation(trial, 1 + (trial % 7), { wave: trial >> 2, assignment: { a: 'off' } }),
    );
    expect(choicesOf(searchCube(space), { a: 'off' })).toEqual([1, undefined]);
    const { probabilities } = stateOf(space, history).choices;
    probabilities[1]!.forEach((one) => expect(one).toBeCloseTo(1 / 3, 12));
  });

  it('take a point given by hand for the choices that it has', () => {
    const space = testSpace(categories(2, 3));
    const told = (best: string): readonly number[] => {
      const history = Array.from({ length: 6 }, (_, trial) =>
        observation(trial, trial, {
          assignment: { c0: trial === 0 ? best : `k${trial % 3}`, c1: `k${trial % 3}` },
        }),
      );
      return stateOf(space, history).choices.probabilities[0]!;
    };
    expect(told('k2')[2]).toBeGreaterThan(told('k1')[2]! + 0.2);
  });
});
