import { describe, expect, it } from 'vitest';
import { cmaEs } from '../../../src/search/cma-es.js';
import { choicesOf, pointOf, searchCube } from '../../../src/search/normal-search/search-cube.js';
import { categoricalEntry } from '../../../src/space/categorical-entry.js';
import { stateOf, sum } from '../support/choices.js';
import { observation } from '../support/observation.js';
import { testSpace, type TestEntry } from '../support/space.js';

describe('what has an order', () => {
  it('is a list of three numbers or more that rise or fall; all else are categories', () => {
    const names = (entry: TestEntry): string[] =>
      searchCube(testSpace([entry])).categories.map(({ entry: { name } }) => name);
    const of = (...choices: readonly (string | number | boolean)[]): string[] =>
      names({ name: 'c', kind: 'categorical', choices });
    expect(of(1, 10, 100)).toEqual([]);
    expect(of(3, 2, -1)).toEqual([]);
    expect(of(1, 100, 10)).toEqual(['c']);
    expect(of(1, 2)).toEqual(['c']);
    expect(of('1', '2', '3')).toEqual(['c']);
    expect(of(true, false)).toEqual(['c']);
    expect(of(1, 2, 'many')).toEqual(['c']);
    expect(names({ name: 'k', kind: 'int', low: 1, high: 4 })).toEqual([]);
  });
});

describe('a value that is no choice of its entry', () => {
  const choices = ['x', 'y', 'z'];
  const plain = testSpace([
    { name: 'a', kind: 'float', low: 0, high: 1 },
    { name: 'b', kind: 'categorical', choices },
  ]);
  // The entry of a study, which refuses to place such a value in the cube.
  const space = { ...plain, entries: [plain.entries[0]!, categoricalEntry('b', choices)] };

  it('is none, as that of an inactive entry', () => {
    expect(choicesOf(searchCube(space), { a: 0.5, b: 'other' })).toEqual([undefined]);
    expect(choicesOf(searchCube(space), { a: 0.5, b: 'z' })).toEqual([2]);
    expect(pointOf(searchCube(space), 'transform', { a: 0.5, b: 'other' })).toEqual([0.5]);
  });

  it('teaches nothing, as a trial of the search and as one of another study', () => {
    const told = ['other', 'x', 'y', 'z', 'x', 'y'].map((b, trial) =>
      observation(trial, trial, { assignment: { a: trial / 10, b } }),
    );
    const { probabilities } = stateOf(space, told).choices;
    expect(sum(probabilities[0]!)).toBeCloseTo(1, 12);
    expect(cmaEs.waveSize(space, cmaEs.schema.parse({}))).toBe(told.length);
    expect(probabilities[0]![0]).toBeGreaterThan(probabilities[0]![2]!);
    const warm = stateOf(space, [], {}, told.slice(0, 1)).choices.probabilities[0]!;
    warm.forEach((one) => expect(one).toBeCloseTo(1 / 3, 12));
  });
});
