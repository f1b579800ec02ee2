import { describe, expect, it } from 'vitest';
import { searchCube } from '../../../src/search/normal-search/search-cube.js';
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
