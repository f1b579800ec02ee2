import { describe, expect, it } from 'vitest';
import { searchCube } from '../../../src/search/normal-search/search-cube.js';
import { warmChoices } from '../../../src/search/normal-search/warm-choices.js';
import { stateOf, sum } from '../support/choices.js';
import { observation } from '../support/observation.js';
import { testSpace } from '../support/space.js';

describe('a start from earlier trials', () => {
  const cube = searchCube(
    testSpace([
      { name: 'a', kind: 'categorical', choices: ['on', 'off'] },
      { name: 'b', kind: 'categorical', choices: ['x', 'y', 'z'], when: [{ entry: 'a', oneOf: ['on'] }] },
    ]),
  );
  const prior = [
    observation(0, 1, { assignment: { a: 'on', b: 'y' } }),
    observation(1, 2, { assignment: { a: 'off' } }),
    ...Array.from({ length: 18 }, (_, index) =>
      observation(index + 2, 9, { assignment: { a: 'on', b: 'x' } }),
    ),
  ];

  it('is the mean of narrow distributions around the best tenth', () => {
    const [a, b] = warmChoices(cube, prior)!;
    // Two of twenty: one on, one off; of b, y and nothing.
    a!.forEach((one) => expect(one).toBeCloseTo(0.5, 12));
    const around = [0.1 / 3, 0.9 + 0.1 / 3, 0.1 / 3];
    b!.forEach((one, choice) => expect(one).toBeCloseTo((around[choice]! + 1 / 3) / 2, 12));
  });

  it('is none where all failed', () => {
    expect(warmChoices(cube, [observation(0, Infinity, { assignment: { a: 'off' } })])).toBeUndefined();
  });

  it('moves the first proposals', () => {
    const { choices, distribution } = stateOf(cube.space, [], {}, prior.slice(0, 1));
    expect(choices.probabilities[1]![1]).toBeGreaterThan(0.7);
    expect(sum(choices.probabilities[1]!)).toBeCloseTo(1, 12);
    expect(distribution.mean).toEqual([]);
  });
});
