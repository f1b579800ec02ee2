import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { assignmentKey, sameValue } from '../../src/search/assignments.js';
import { differentialEvolution } from '../../src/search/differential-evolution.js';
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

describe('differential evolution', () => {
  const space = floatSpace(3);
  const rand1 = { strategy: 'rand1bin', factor: 0.5 };
  const options = differentialEvolution.schema.parse({ population: 5, ...rand1 });
  const member = (trial: number, ...curve: readonly number[]): Observation =>
    observation(trial, curve.at(-1)!, {
      wave: Math.floor(trial / 5),
      assignment: { x0: 0.1 + trial / 20, x1: 0.2, x2: 0.3 },
      curve,
    });
  const propose = (history: readonly Observation[], firstTrial = 10): readonly Assignment[] =>
    differentialEvolution.propose({ options, space, seed: 's', history, wave: 2, firstTrial, count: 5 });
  const firstFive = [0, 1, 2, 3, 4].map((trial) => member(trial, trial));

  it('replaces a member by a child that is as good, and by no other', () => {
    const worse = [5, 6, 7, 8, 9].map((trial) => member(trial, 100));
    const equal = [5, 6, 7, 8, 9].map((trial) => member(trial, trial - 5));
    const failed = [5, 6, 7, 8, 9].map((trial) => member(trial, Infinity));
    expect(propose([...firstFive, ...worse])).toEqual(propose(firstFive));
    expect(propose([...firstFive, ...failed])).toEqual(propose(firstFive));
    expect(propose([...firstFive, ...equal])).not.toEqual(propose(firstFive));
  });

  it('compares a member with its child as far as both were trained', () => {
    const whole = [0, 1, 2, 3, 4].map((trial) => member(trial, 5, 1));
    const worse = [5, 6, 7, 8, 9].map((trial) => member(trial, 6));
    const better = [5, 6, 7, 8, 9].map((trial) => member(trial, 4));
    expect(propose([...whole, ...worse])).toEqual(propose(whole));
    expect(propose([...whole, ...better])).not.toEqual(propose(whole));
  });

  it('makes children of differences: members on a line have children on the line, or fresh coordinates', () => {
    // All members share x1 and x2, so every difference is 0 there.
    for (const child of propose(firstFive)) expect([child['x1'], child['x2']]).toEqual([0.2, 0.3]);
    const moved = propose(firstFive).map((child) => child['x0'] as number);
    // x_a + F (x_b − x_c) on the lattice of step 1/40 that starts at 0.1.
    for (const x of moved)
      expect(Math.abs(((x - 0.1) * 40) % 1)).toSatisfy((rest: number) => rest < 1e-9 || rest > 1 - 1e-9);
  });

  const strategyNames = ['rand1bin', 'best1bin', 'current-to-best1bin'] as const;

  it.each(strategyNames)('%s takes its mutants from where it says', (strategy) => {
    // Every coordinate crosses, so a child is its mutant; none leaves the cube. The last member is the best.
    const x = [0.4, 0.42, 0.46, 0.51, 0.59];
    const best = 0.59;
    const history = x.map((x0, trial) => observation(trial, -trial, { assignment: { x0 } }));
    const told = { space: floatSpace(1), seed: 's', history, firstTrial: 5, wave: 1, count: 300 };
    const five = { strategy, population: 5, factor: 0.25, crossover: 1 };
    const children = differentialEvolution.propose({
      ...told,
      options: differentialEvolution.schema.parse(five),
    });
    const mutantsOf = (slot: number): number[] => {
      const others = x.filter((_, index) => index !== slot);
      const basesFor = (b: number, c: number): readonly number[] => {
        if (strategy === 'rand1bin') return others.filter((base) => base !== b && base !== c);
        return [strategy === 'best1bin' ? best : x[slot]! + 0.25 * (best - x[slot]!)];
      };
      return others.flatMap((b) =>
        others.filter((c) => c !== b).flatMap((c) => basesFor(b, c).map((base) => base + 0.25 * (b - c))),
      );
    };
    const rounded = (value: number): number => Math.round(value * 1e9);
    for (const slot of x.keys()) {
      const found = new Set(
        children.filter((_, index) => index % 5 === slot).map(({ x0 }) => rounded(x0 as number)),
      );
      const possible = new Set(mutantsOf(slot).map(rounded));
      expect([...found].filter((value) => !possible.has(value))).toEqual([]);
      expect(found.size).toBeGreaterThan(0.7 * possible.size);
    }
  });

  it.each(strategyNames)('%s finds the minimum of a sphere to 1 % of the width', (strategy) => {
    const run = runSearch({
      sampler: differentialEvolution,
      space,
      seed: 's',
      trials: 600,
      objective: (x) => sphere(0.7)(numbersOf(x)),
      options: { strategy },
    });
    expect(bestValue(run)).toBeLessThan(1e-4);
  });

  it.each(strategyNames)('%s goes on where all failed, and from members that were told alike', (strategy) => {
    for (const value of [Infinity, 1]) {
      const run = runSearch({
        sampler: differentialEvolution,
        space: mixedSpace,
        seed: 's',
        trials: 60,
        objective: () => value,
        options: { strategy, population: 4 },
      });
      expect(new Set(run.slice(-10).map(({ assignment }) => assignmentKey(assignment))).size).toBeGreaterThan(
        2,
      );
    }
  });
});
