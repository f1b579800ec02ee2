import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { createSpace } from '../../src/space/create-space.js';
import { lookAhead } from '../../src/search/look-ahead.js';
import { persistentEs } from '../../src/search/persistent-es.js';
import { populationBasedTraining } from '../../src/search/population-based-training.js';
import { explore } from '../../src/search/population-based-training/explore.js';
import { exploit } from '../../src/search/population-based-training/exploit.js';
import { checkRounds, plannedRounds, unitsOfRounds } from '../../src/search/rounds.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Space } from '../../src/space/space.js';
import { observation } from './support/observation.js';
import { adjustableSpace } from './support/scenario.js';
import { floatSpace, testSpace } from './support/space.js';

const plan = (sampler: AnySampler, options: object, full: number, trials: number) => [
  ...plannedRounds({ sampler, options: sampler.schema.parse(options), space: floatSpace(2), full }, trials),
];

describe('plans of rounds', () => {
  it('of population-based training: interval by interval, then another population', () => {
    expect(plan(populationBasedTraining, { population: 3, interval: 2 }, 5, 14)).toEqual([
      { trials: 3, from: 0, fidelity: 2 },
      { trials: 3, from: 2, fidelity: 4 },
      { trials: 3, from: 4, fidelity: 5 },
      { trials: 3, from: 0, fidelity: 2 },
    ]);
  });

  it('of persistent evolution strategies: unrolls of all particles, then the mean alone', () => {
    expect(plan(persistentEs, { pairs: 2 }, 2, 13)).toEqual([
      { trials: 4, from: 0, fidelity: 1 },
      { trials: 4, from: 1, fidelity: 2 },
      { trials: 1, from: 0, fidelity: 2 },
      { trials: 4, from: 0, fidelity: 1 },
    ]);
  });

  it('of the look-ahead: two probes for each number, then the training', () => {
    expect(plan(lookAhead, {}, 2, 11)).toEqual([
      { trials: 4, from: 0, fidelity: 1 },
      { trials: 1, from: 0, fidelity: 1 },
      { trials: 4, from: 1, fidelity: 2 },
      { trials: 1, from: 1, fidelity: 2 },
    ]);
  });

  it('say what they train and how many trials reach the end of a training', () => {
    const input = {
      sampler: populationBasedTraining,
      options: populationBasedTraining.schema.parse({ population: 3 }),
      space: floatSpace(2),
      full: 4,
    };
    expect(unitsOfRounds(input, 12)).toBe(12);
    expect(
      unitsOfRounds({ ...input, sampler: persistentEs, options: persistentEs.schema.parse({}) }, 33),
    ).toBe(36);
    expect(() => checkRounds(input, 12)).not.toThrow();
    expect(() => checkRounds(input, 11)).toThrow(
      expect.objectContaining({ code: 'unsupported', found: '11 trials', expected: 'at least 12' }) as Error,
    );
  });
});

describe('population-based training', () => {
  const members = (values: readonly number[]): Observation[] =>
    values.map((value, trial) => observation(trial, value));

  it('replaces the worst quarter, rounded up but at most half, by a pick from as many of the best', () => {
    const first = (): number => 0;
    expect(exploit(members([3, 1, 4, 2]), 0.25, first)).toEqual([0, 1, 1, 3]);
    expect(exploit(members([3, 1, 4, 2, 5]), 0.25, first)).toEqual([0, 1, 1, 3, 1]);
    expect(exploit(members([3, 1, 4, 2, 5]), 0.25, (_, bound) => bound - 1)).toEqual([0, 1, 3, 3, 3]);
    expect(exploit(members([2, 1, 3]), 0.5, first)).toEqual([0, 1, 1]);
    // Ties by trial: the later one is the worse one.
    expect(exploit(members([1, 1]), 0.25, first)).toEqual([0, 0]);
  });

  it('replaces everyone who failed, by someone who did not', () => {
    const first = (): number => 0;
    expect(exploit(members([Infinity, 7, Infinity, Infinity]), 0.25, first)).toEqual([1, 1, 1, 1]);
    expect(exploit(members([Infinity, Infinity]), 0.25, first)).toEqual([0, 1]);
  });

  it('changes numbers by a fifth, or draws them again, within the range, and nothing else', () => {
    const space = testSpace([
      { name: 'rate', kind: 'float', low: 1, high: 10 },
      { name: 'count', kind: 'int', low: -3, high: 3 },
      { name: 'family', kind: 'categorical', choices: ['a', 'b'] },
      { name: 'weights', kind: 'simplex', parts: 2 },
    ]);
    const parent = { rate: 5, count: 2, family: 'a', weights: [0.5, 0.5] };
    const seen = { rate: new Set<number>(), count: new Set<number>() };
    for (let draw = 0; draw < 60; draw++) {
      const child = explore(space, parent, 0, stream('explore', draw));
      expect(child['family']).toBe('a');
      seen.rate.add(Math.round((child['rate'] as number) * 1e9) / 1e9);
      seen.count.add(child['count'] as number);
      const [left, right] = child['weights'] as readonly [number, number];
      expect([1.2 / 2, 0.5, 0.8 / 2].some((share) => Math.abs(left - share) < 1e-9)).toBe(true);
      expect(left + right).toBeCloseTo(1, 9);
    }
    expect([...seen.rate].sort((a, b) => a - b)).toEqual([4, 6]);
    expect([...seen.count].sort((a, b) => a - b)).toEqual([1, 3]);
    const ends = Array.from({ length: 40 }, (_, draw) =>
      explore(space, { ...parent, rate: 10, count: 3 }, 0, stream('ends', draw)),
    );
    for (const { rate, count } of ends) {
      expect(rate === 8 || rate === 10).toBe(true);
      expect(count === 2 || count === 3).toBe(true);
    }
    const drawn = Array.from({ length: 40 }, (_, draw) => explore(space, parent, 1, stream('drawn', draw)));
    expect(new Set(drawn.map(({ rate }) => rate)).size).toBeGreaterThan(30);
  });
});

/** A training whose value after an evaluation is a function of all θ that it was trained with. */
interface Toy {
  readonly space: Space;
  readonly full: number;
  valueOf(trained: readonly (readonly number[])[]): number;
}

/** Runs rounds on a toy; the values of each trial, and what each was trained with. */
function train(
  sampler: AnySampler,
  options: object,
  { space, full, valueOf }: Toy,
  seed: string,
  trials: number,
) {
  const parsed = sampler.schema.parse(options) as never;
  const history: Observation[] = [];
  const trained: number[][][] = [];
  let index = 0;
  for (const round of plannedRounds({ sampler, options: parsed, space, full }, trials)) {
    const request = {
      ...{ options: parsed, space, seed, history: [...history], wave: index, full },
      ...{ firstTrial: history.length, count: round.trials },
    };
    const parents = round.from > 0 ? sampler.rounds!.parents(request) : [];
    sampler.propose(request).forEach((assignment, place) => {
      const before = trained[parents[place] ?? -1] ?? [];
      const theta = Object.values(assignment).map(Number);
      const path = [...before, ...new Array<number[]>(round.fidelity - round.from).fill(theta)];
      trained.push(path);
      const curve = path.map((_, end) => valueOf(path.slice(0, end + 1)));
      history.push(observation(history.length, curve.at(-1)!, { wave: index, assignment, curve }));
    });
    index++;
  }
  return { history, trained };
}

/** What the first piece gains by a large θ, the second loses twice over: greedy steps go the wrong way. */
const shortSighted: Toy = {
  space: floatSpace(1),
  full: 2,
  valueOf: ([first, second]) => -first![0]! + (second === undefined ? 0 : 3 * first![0]!),
};

describe('persistent evolution strategies', () => {
  it('see past the end of an unroll, where a look-ahead is short-sighted', () => {
    const best = (sampler: AnySampler, options: object): number => {
      const { history } = train(sampler, options, shortSighted, 'toy', 300);
      return history.filter(({ curve }) => curve.length === 2).at(-1)!.assignment['x0'] as number;
    };
    expect(best(persistentEs, {})).toBeLessThan(0.2);
    expect(best(lookAhead, {})).toBeGreaterThan(0.8);
    expect(best(lookAhead, { interval: 2 })).toBeLessThan(0.2);
  });

  it('find the minimum of a bowl, alone at the end of each training', () => {
    const bowl: Toy = {
      space: floatSpace(3),
      full: 3,
      valueOf: (path) =>
        path.reduce((sum, theta) => sum + theta.reduce((acc, x) => acc + (x - 0.7) ** 2, 0), 0),
    };
    for (const objective of ['final', 'mean']) {
      const { history } = train(persistentEs, { objective }, bowl, 'bowl', 1000);
      const alone = history.filter(({ wave }) => wave % 4 === 3);
      const last = Object.values(alone.at(-1)!.assignment) as number[];
      for (const x of last) expect(Math.abs(x - 0.7)).toBeLessThan(0.1);
    }
  });

  it('perturb in antithetic pairs, anew in each unroll', () => {
    const { history } = train(persistentEs, { pairs: 3, sigma: 0.05 }, shortSighted, 'pairs', 12);
    const x = history.map(({ assignment }) => assignment['x0'] as number);
    const center = (pair: number): number => (x[2 * pair]! + x[2 * pair + 1]!) / 2;
    for (const pair of [0, 1, 2]) expect(center(pair)).toBeCloseTo(0.5, 9);
    for (const pair of [4, 5]) expect(center(pair)).toBeCloseTo(center(3), 9);
    expect(new Set(x).size).toBe(12);
  });
});

describe('the look-ahead', () => {
  it('follows central differences and goes on with one training', () => {
    const slope: Toy = {
      space: floatSpace(2),
      full: 4,
      valueOf: (path) => path.at(-1)![0]! - path.at(-1)![1]!,
    };
    const { history, trained } = train(lookAhead, { difference: 0.1 }, slope, 'slope', 20);
    const probes = history.slice(0, 4).map(({ assignment }) => Object.values(assignment) as number[]);
    [
      [0.6, 0.5],
      [0.4, 0.5],
      [0.5, 0.6],
      [0.5, 0.4],
    ].forEach((point, index) => point.forEach((x, axis) => expect(probes[index]![axis]).toBeCloseTo(x, 9)));
    // The training itself: Adam's first steps have the length of the learning rate, against the slope.
    const path = trained.at(-1)!;
    expect(path).toHaveLength(4);
    path.forEach(([down, up], step) => {
      expect(down).toBeCloseTo(Math.max(0, 0.4 - 0.1 * step), 1);
      expect(up).toBeCloseTo(Math.min(1, 0.6 + 0.1 * step), 1);
    });
  });
});

describe('what may change during a training', () => {
  const space = createSpace({
    name: 'places',
    parameters: {
      gamma: { type: 'float', low: 0, high: 5 },
      weight: { type: 'float', low: 0, high: 1 },
      rate: { type: 'float', low: 0.001, high: 0.1 },
      both: { type: 'float', low: 0.01, high: 0.1 },
      count: { type: 'int', low: 1, high: 3 },
      ramp: { type: 'float', low: 0, high: 1 },
      curve: { type: 'schedule', shapes: ['linear'], from: { low: 0, high: 1 }, to: 1 },
      mix: { type: 'simplex', parts: ['a', 'b'] },
      negative: { type: 'float', low: 1, high: 2 },
      deep: { type: 'float', low: 0, high: 1, when: { count: 1 } },
    },
    candidate: {
      loss: {
        name: 'weighted-sum',
        terms: [
          { weight: '$weight', loss: { name: 'focal', parameters: { gamma: '$gamma' } } },
          { weight: '$mix.a', loss: { name: 'focal', parameters: { gamma: '$curve' } } },
          { weight: '$mix.b', loss: { name: 'poly-1', parameters: { epsilon: '$both' } } },
          {
            weight: { schedule: 'linear', from: 0, to: '$ramp' },
            loss: { name: 'class-weighted-cross-entropy', parameters: { weights: [1, '$negative'] } },
          },
          {
            weight: 1,
            loss: {
              name: 'poly-1',
              parameters: { epsilon: { $switch: 'count', cases: { '1': '$deep' }, default: 0 } },
            },
          },
        ],
      },
      learningRate: { $switch: 'count', cases: { '1': '$rate' }, default: '$both' },
    },
  } as never);

  it('are numbers that stand as parameters and weights, and only there', () => {
    expect(space.adjustable).toEqual(['gamma', 'weight', 'mix', 'deep']);
  });

  it('is what persistent evolution strategies and the look-ahead search, and they say what is not', () => {
    for (const sampler of [persistentEs, lookAhead] as readonly AnySampler[]) {
      expect(() => sampler.check(space, sampler.schema.parse({}))).toThrow(
        expect.objectContaining({ code: 'unsupported', found: 'the float entry "rate"' }) as Error,
      );
      expect(() => sampler.check(adjustableSpace, sampler.schema.parse({}))).not.toThrow();
    }
    const names = testSpace([{ name: 'family', kind: 'categorical', choices: ['a', 'b'] }]);
    expect(() => populationBasedTraining.check(names, populationBasedTraining.schema.parse({}))).toThrow(
      expect.objectContaining({ code: 'unsupported', found: 'none' }) as Error,
    );
  });
});

it('failures in any round leave a plan that goes on', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.constantFrom(0, 1, Infinity)), (values) => {
      const toy: Toy = { space: floatSpace(2), full: 3, valueOf: () => values.next().value as number };
      for (const sampler of [populationBasedTraining, persistentEs, lookAhead] as readonly AnySampler[]) {
        const { history } = train(sampler, {}, toy, 'any', 60);
        for (const { assignment } of history) {
          for (const x of Object.values(assignment) as number[]) expect(x >= 0 && x <= 1).toBe(true);
        }
      }
    }),
    { numRuns: 30 },
  );
});
