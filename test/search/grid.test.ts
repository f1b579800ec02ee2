import { describe, expect, it } from 'vitest';
import { createGrid } from '../../src/search/grid-enumeration.js';
import { grid } from '../../src/search/grid.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { runSearch } from './support/run.js';
import { mixedSpace } from './support/scenario.js';
import { floatSpace, testSpace } from './support/space.js';

/** The grid by brute force: all combinations of all values, inactive ones dropped, doubles removed. */
function bruteForce(space: Space, resolution: number): Assignment[] {
  const values = space.entries.map((entry) =>
    entry.grid(entry.kind === 'categorical' ? Infinity : resolution),
  );
  const combinations = values.reduce<Assignment[]>(
    (prefixes, choices, index) =>
      prefixes.flatMap((prefix) =>
        choices.map((value) => ({ ...prefix, [space.entries[index]!.name]: value })),
      ),
    [{}],
  );
  const seen = new Map<string, Assignment>();
  for (const combination of combinations) {
    const active: Record<string, Assignment[string]> = {};
    for (const entry of space.entries) {
      if (space.isActive(entry, active)) active[entry.name] = combination[entry.name]!;
    }
    seen.set(JSON.stringify(active), active);
  }
  return [...seen.values()];
}

const wholeGrid = (space: Space, resolution: number): Assignment[] =>
  runSearch({
    sampler: grid,
    space,
    seed: 's',
    trials: 1e6,
    options: { resolution },
    objective: () => 0,
  }).map(({ assignment }) => assignment);

describe('grid', () => {
  it.each([1, 2, 3])('lists every distinct assignment once, resolution %i', (resolution) => {
    const expected = bruteForce(mixedSpace, resolution);
    expect(wholeGrid(mixedSpace, resolution)).toEqual(expected);
    expect(createGrid(mixedSpace, resolution).size).toBe(expected.length);
  });

  it('changes the last entry fastest and never leaves out a choice', () => {
    const space = testSpace([
      { name: 'family', kind: 'categorical', choices: ['a', 'b', 'c'] },
      { name: 'x', kind: 'float', low: 0, high: 4 },
    ]);
    expect(wholeGrid(space, 2)).toEqual([
      { family: 'a', x: 0 },
      { family: 'a', x: 4 },
      { family: 'b', x: 0 },
      { family: 'b', x: 4 },
      { family: 'c', x: 0 },
      { family: 'c', x: 4 },
    ]);
  });

  it('proposes fewer when it is used up, then none', () => {
    const request = { options: { resolution: 3 }, space: floatSpace(2), seed: 's', history: [], wave: 1 };
    expect(grid.propose({ ...request, firstTrial: 7, count: 8 })).toHaveLength(2);
    expect(grid.propose({ ...request, firstTrial: 9, count: 8 })).toEqual([]);
  });

  it('reaches into a grid too large to list', () => {
    const huge = createGrid(floatSpace(100), 10);
    expect(huge.size).toBeGreaterThan(1e99);
    const point = huge.at(987_654);
    const digits = Object.values(point).map((value) => Math.round((value as number) * 9));
    expect(digits.slice(-7)).toEqual([0, 9, 8, 7, 6, 5, 4]);
    expect(digits.slice(0, -7).every((digit) => digit === 0)).toBe(true);
    expect(() => createGrid(floatSpace(2), 3).at(9)).toThrow(RangeError);
  });
});
