import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { assignmentKey, sameValue } from '../../src/search/assignments.js';
import { mutate, reflect } from '../../src/search/mutation.js';
import { random } from '../../src/search/random.js';
import { regularizedEvolution } from '../../src/search/regularized-evolution.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment } from '../../src/space/space.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation, withValue } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { mixedSpace } from './support/scenario.js';
import { floatSpace, testSpace } from './support/space.js';

const bits = testSpace(
  Array.from({ length: 20 }, (_, index) => ({ name: `b${index}`, kind: 'categorical', choices: ['0', '1'] })),
);
const onesMissing = (assignment: Assignment): number =>
  Object.values(assignment).filter((value) => value === '0').length;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const medianBest = (
  sampler: AnySampler,
  trials: number,
  options: Readonly<Record<string, unknown>> = {},
): number =>
  median(
    Array.from({ length: 9 }, (_, seed) =>
      bestValue(
        runSearch({ sampler, space: bits, seed: `${seed}`, trials, objective: onesMissing, options }),
      ),
    ),
  );

describe('mutation', () => {
  it.each(['redraw', 'local'] as const)('%s changes one active entry, and what hangs on it', (kind) => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.nat(),
        (unit, key) => {
          const space = mixedSpace;
          const parent = space.decode(unit);
          const child = mutate({ space, parent, kind, step: 0.1, random: stream('m', key) });
          const changed = space.entries.filter(
            ({ name }) =>
              parent[name] !== undefined &&
              child[name] !== undefined &&
              !sameValue(parent[name], child[name]),
          );
          expect(changed).toHaveLength(1);
          for (const entry of space.entries) {
            expect(child[entry.name] !== undefined).toBe(space.isActive(entry, child));
            const appeared = parent[entry.name] === undefined && child[entry.name] !== undefined;
            if (appeared) expect(entry.conditions.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves a fixed entry alone, and a parent that has nothing to change', () => {
    const parent = mixedSpace.decode([0.1, 0.5, 0.5, 0.5, 0.2, 0.5, 0.3, 0.3]);
    for (let key = 0; key < 50; key++) {
      const child = mutate({
        space: mixedSpace,
        parent,
        kind: 'local',
        step: 0.1,
        random: stream('f', key),
        fixed: 'family',
      });
      expect(child['family']).toBe(parent['family']);
    }
    const stiff = testSpace([{ name: 'a', kind: 'int', low: 3, high: 3 }]);
    expect(mutate({ space: stiff, parent: { a: 3 }, kind: 'local', step: 0.1, random: stream('s') })).toEqual(
      { a: 3 },
    );
  });

  it('takes short steps where told so', () => {
    const moves = Array.from({ length: 400 }, (_, key) => {
      const child = mutate({
        space: floatSpace(1),
        parent: { x0: 0.5 },
        kind: 'local',
        step: 0.05,
        random: stream('w', key),
      });
      return numbersOf(child)[0]! - 0.5;
    });
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length);
    expect(deviation).toBeGreaterThan(0.045);
    expect(deviation).toBeLessThan(0.055);
  });

  it('reflects at both ends', () => {
    [
      [-0.2, 0.2],
      [0.3, 0.3],
      [1.2, 0.8],
      [2.1, 0.1],
      [-1.1, 0.9],
    ].forEach(([value, expected]) => expect(reflect(value!)).toBeCloseTo(expected!, 12));
  });
});

describe('regularized evolution', () => {
  it('counts ones far better than chance', () => {
    expect(medianBest(regularizedEvolution, 300)).toBeLessThanOrEqual(1);
    expect(medianBest(random, 300)).toBeGreaterThanOrEqual(3);
  });

  it('forgets a trial that is older than the population', () => {
    const space = floatSpace(2);
    const options = regularizedEvolution.schema.parse({ population: 5, sample: 50 });
    const history = Array.from({ length: 12 }, (_, trial) =>
      observation(trial, trial, { wave: trial, assignment: { x0: trial / 20, x1: 0.5 } }),
    );
    // Trial 7 is the best of the living 7 … 11; trials 0 … 6 were better.
    const children = regularizedEvolution.propose({
      options,
      space,
      seed: 's',
      history,
      wave: 12,
      firstTrial: 12,
      count: 20,
    });
    for (const child of children) expect(child['x0'] === 7 / 20 || child['x1'] === 0.5).toBe(true);
    expect(children.filter((child) => child['x0'] === 7 / 20).length).toBeGreaterThan(3);
  });

  it('takes no parent for having trained longer, where a better one was stopped in another bracket', () => {
    const space = floatSpace(2);
    const options = regularizedEvolution.schema.parse({ population: 8, sample: 50 });
    // Trials 0 … 3: two rungs, one goes on. Trials 4 … 7: all train fully, and all are worse at either fidelity.
    const history = [[3], [2], [4], [1, 0.5], [7, 6], [8, 7], [6, 5], [9, 8]].map((curve, trial) =>
      observation(trial, curve.at(-1)!, {
        wave: trial < 4 ? 0 : 1,
        curve,
        assignment: { x0: trial / 20, x1: 0.5 },
      }),
    );
    const parentOf = (told: readonly Observation[]): number => {
      const request = { options, space, seed: 's', history: told, wave: 2, firstTrial: 8, count: 20 };
      const kept = regularizedEvolution.propose(request).filter(({ x1 }) => x1 !== 0.5);
      expect(new Set(kept.map(({ x0 }) => x0)).size).toBe(1);
      return Math.round((kept[0]!['x0'] as number) * 20);
    };
    expect(parentOf(history)).toBe(3);
    expect(parentOf(history.map((one, trial) => (trial === 3 ? withValue(one, Infinity) : one)))).toBe(1);
  });

  it('proposes no point twice while there are others', () => {
    const space = testSpace([
      { name: 'a', kind: 'categorical', choices: [0, 1, 2, 3, 4, 5] },
      { name: 'b', kind: 'int', low: 0, high: 9 },
    ]);
    const run = runSearch({
      sampler: regularizedEvolution,
      space,
      seed: 's',
      trials: 40,
      options: { population: 5 },
      objective: (x) => sphere(3)(numbersOf(x)),
    });
    const late = run.slice(5).map(({ assignment }) => assignmentKey(assignment));
    expect(new Set(late).size).toBe(late.length);
  });
});
