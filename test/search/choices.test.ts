import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cmaDistribution, cmaEs } from '../../src/search/cma-es.js';
import { nes } from '../../src/search/nes.js';
import { leastProbability, withLeast } from '../../src/search/normal-search/choice-margin.js';
import { evenChoices, startChoices, updatedChoices } from '../../src/search/normal-search/choices.js';
import { choicesOf, searchCube } from '../../src/search/normal-search/search-cube.js';
import { replaySearch } from '../../src/search/normal-search/search.js';
import type { SearchState } from '../../src/search/normal-search/search-state.js';
import { utilities } from '../../src/search/normal-search/utilities.js';
import { warmChoices } from '../../src/search/normal-search/warm-choices.js';
import type { Observation } from '../../src/search/sampler.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { testSpace, type TestEntry } from './support/space.js';

const stateOf = (
  space: Space,
  history: readonly Observation[],
  given: Readonly<Record<string, unknown>> = {},
  prior: readonly Observation[] = [],
): SearchState => {
  const options = cmaEs.schema.parse(given);
  const start = cmaDistribution(options);
  return replaySearch({ name: 'cma-es', start, options, space, seed: 's', history, prior });
};

/** `entries` categorical entries of `count` choices each, k0 and so on. */
const categories = (entries: number, count: number): TestEntry[] =>
  Array.from({ length: entries }, (_, index) => ({
    name: `c${index}`,
    kind: 'categorical',
    choices: Array.from({ length: count }, (__, choice) => `k${choice}`),
  }));

/** COM: how many categories do not have their first choice; numbers add their squared distance from 0.7. */
const missed = (assignment: Assignment): number =>
  Object.values(assignment).reduce<number>(
    (sum, value) => sum + (typeof value === 'number' ? (value - 0.7) ** 2 : value === 'k0' ? 0 : 1),
    0,
  );

/** Evaluations until the value is at most `target`, sorted, over some seeds. */
const evaluations = (
  sampler: typeof cmaEs | typeof nes,
  space: Space,
  target: number,
  trials: number,
  options = {},
): number[] =>
  Array.from({ length: 9 }, (_, seed) => {
    const history = runSearch({ sampler, space, seed: `com/${seed}`, trials, options, objective: missed });
    const found = history.findIndex(({ value }) => value <= target);
    return found === -1 ? Infinity : found + 1;
  }).sort((a, b) => a - b);

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

describe('the step of the probabilities', () => {
  const drawn = [
    [0, 1],
    [0, 2],
    [1, 1],
    [2, 3],
    [1, 0],
    [2, 2],
  ];

  it('is that of the package cmaes 0.13.1 with its weights and margin', () => {
    // Recorded from CatCMA: three and four choices, λ = 6, one generation told in this order.
    const weights = [0.6370425712412168, 0.28457025743803294, 0.07838717132075033, 0, 0, 0];
    const after = updatedChoices(startChoices(evenChoices([3, 4])), drawn, weights);
    const least = [3, 4].map((count) => leastProbability(count, 2));
    [0.07279981, 0.04853321].forEach((one, entry) => expect(least[entry]).toBeCloseTo(one, 8));
    const expected = [
      [0.6765519368095613, 0.18459065849961273, 0.138857404690826],
      [0.1041430535181195, 0.521544644207745, 0.270169248756016, 0.1041430535181195],
    ];
    after.probabilities.forEach((q, entry) =>
      withLeast(q, least[entry]!).forEach((one, choice) =>
        expect(one).toBeCloseTo(expected[entry]![choice]!, 12),
      ),
    );
    expect(after.caution).toBeCloseTo(1.1090669692809614, 12);
  });

  it('has the length 1/Δ in the Fisher metric', () => {
    let choices = startChoices([
      [0.2, 0.5, 0.3],
      [0.1, 0.2, 0.3, 0.4],
    ]);
    choices = updatedChoices(choices, drawn);
    const least = choices.probabilities.map((q) => withLeast(q, 0.02));
    const before = { ...choices, probabilities: least };
    const after = updatedChoices(before, [...drawn].reverse());
    const length = sum(
      after.probabilities.flatMap((q, entry) =>
        q.map((one, k) => (one - least[entry]![k]!) ** 2 / least[entry]![k]!),
      ),
    );
    expect(Math.sqrt(length)).toBeCloseTo(1 / before.caution, 12);
  });

  it('does not know the order of choices and entries', () => {
    const order = [2, 0, 3, 1];
    let [plain, turned] = [startChoices(evenChoices([3, 4])), startChoices(evenChoices([4, 3]))];
    for (let generation = 0; generation < 6; generation++) {
      const draws = drawn.map(([a, b], rank) => [(a! + generation * rank) % 3, (b! + rank) % 4]);
      plain = updatedChoices(plain, draws);
      turned = updatedChoices(
        turned,
        draws.map(([a, b]) => [order[b!]!, a]),
      );
      const margin = (q: readonly number[]): readonly number[] => withLeast(q, 0.03);
      plain = { ...plain, probabilities: plain.probabilities.map(margin) };
      turned = { ...turned, probabilities: turned.probabilities.map(margin) };
    }
    plain.probabilities[0]!.forEach((one, k) => expect(turned.probabilities[1]![k]).toBeCloseTo(one, 12));
    plain.probabilities[1]!.forEach((one, k) =>
      expect(turned.probabilities[0]![order[k]!]).toBeCloseTo(one, 12),
    );
    expect(turned.caution).toBeCloseTo(plain.caution, 12);
    expect(plain.caution).not.toBe(1);
  });

  it('grows while all generations agree, and shrinks while they say nothing', () => {
    const run = (best: (generation: number) => number): number => {
      let choices = startChoices(evenChoices([4, 4, 4, 4]));
      for (let generation = 0; generation < 60; generation++) {
        const draws = [0, 1, 2, 3].map((rank) => {
          const choice = (best(generation) + rank) % 4;
          return [choice, choice, choice, choice];
        });
        choices = updatedChoices(choices, draws);
        // Back to the even start: what is asked for is the length of the steps alone.
        choices = { ...choices, probabilities: evenChoices([4, 4, 4, 4]) };
      }
      return choices.caution;
    };
    expect(run(() => 1)).toBeLessThan(0.5);
    expect(run((generation) => (generation * generation + (generation >> 2)) % 4)).toBeGreaterThan(2);
  });

  it('passes over draws in which an entry was inactive, and over generations that all drew alike', () => {
    const start = startChoices(evenChoices([3, 3]));
    const after = updatedChoices(start, [
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ]);
    expect(after.probabilities[1]).toEqual(start.probabilities[1]);
    expect(after.probabilities[0]![0]).toBeGreaterThan(0.5);
    expect(updatedChoices(start, new Array(8).fill([1, 2]))).toEqual(start);
  });

  it('and the margin keep probabilities, whatever is told', () => {
    const generation = fc.array(fc.tuple(fc.nat(1), fc.option(fc.nat(4), { nil: undefined }), fc.nat(2)), {
      minLength: 2,
      maxLength: 9,
    });
    const counts = [2, 5, 3];
    fc.assert(
      fc.property(fc.array(generation, { minLength: 1, maxLength: 40 }), (generations) => {
        let choices = startChoices(evenChoices(counts));
        for (const draws of generations) {
          choices = updatedChoices(choices, draws);
          choices = {
            ...choices,
            probabilities: choices.probabilities.map((q) => withLeast(q, leastProbability(q.length, 3))),
          };
          expect(Number.isFinite(choices.caution) && choices.caution > 0).toBe(true);
          choices.probabilities.forEach((q) => {
            expect(sum(q)).toBeCloseTo(1, 12);
            for (const one of q) expect(one).toBeGreaterThanOrEqual(leastProbability(q.length, 3));
          });
        }
      }),
    );
  });
});

describe('the margin', () => {
  it('lets about every fourth trial depart from a converged distribution', () => {
    for (const entries of [1, 3, 12]) {
      const favoured = 1 - 4 * leastProbability(5, entries);
      expect(favoured ** entries).toBeCloseTo(0.73, 12);
    }
  });

  it('changes nothing that keeps it, and raises what is below', () => {
    withLeast([0.7, 0.1, 0.2], 0.1).forEach((one, k) => expect(one).toBeCloseTo([0.7, 0.1, 0.2][k]!, 15));
    const raised = withLeast([1.3, -0.4, 0.1], 0.05);
    expect(raised[1]).toBe(0.05);
    // What is beyond the margin keeps its proportions.
    expect((raised[0]! - 0.05) / (raised[2]! - 0.05)).toBeCloseTo(1.25 / 0.05, 10);
  });
});

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

describe.each([cmaEs, nes])('$name on categories', (sampler) => {
  it('finds the one best combination of six entries of five choices in a hundred evaluations', () => {
    const found = evaluations(sampler, testSpace(categories(6, 5)), 0, 150);
    // Of 15,625 combinations. The package cmaes (CatCMAwM): 63 in the median of 15 seeds, 165 at most.
    expect(found[4]).toBeLessThanOrEqual(75);
    expect(found.at(-1)).toBeLessThanOrEqual(120);
  });

  it('finds it wherever it stands among the choices', () => {
    const entries = categories(5, 6).map((entry) =>
      entry.kind === 'categorical' ? { ...entry, choices: ['k3', 'k5', 'k0', 'k1', 'k4', 'k2'] } : entry,
    );
    const [first, middle] = [categories(5, 6), entries].map(
      (one) => evaluations(sampler, testSpace(one), 0, 200)[4]!,
    );
    expect(middle! / first!).toBeGreaterThan(0.6);
    expect(middle! / first!).toBeLessThan(1 / 0.6);
  });

  it('draws every choice as often as the others at first', () => {
    const first = runSearch({
      sampler,
      space: testSpace(categories(2, 5)),
      seed: 'even',
      trials: 5000,
      waveSize: 5000,
      objective: () => 0,
    });
    for (const name of ['c0', 'c1']) {
      for (const choice of ['k0', 'k1', 'k2', 'k3', 'k4']) {
        const drawn = first.filter(({ assignment }) => assignment[name] === choice).length;
        // Four standard errors of 5000 draws.
        expect(Math.abs(drawn - 1000)).toBeLessThan(4 * Math.sqrt(5000 * 0.2 * 0.8));
      }
    }
  });
});

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

describe('a space of categories alone', () => {
  const space = testSpace(categories(3, 3));
  /** k0 everywhere is best, and any two of three are worse than none: a trap for what learns entry by entry. */
  const trap = (assignment: Assignment): number => [3, 4, 5, 0][3 - missed(assignment)]!;

  it('has waves of 4 + ⌊3 ln n⌋ of its entries', () => {
    expect(cmaEs.waveSize(space, cmaEs.schema.parse({}))).toBe(4 + Math.floor(3 * Math.log(3)));
  });

  it('ends a run whose best values are equal, and begins anew from even choices', () => {
    const history = runSearch({ sampler: cmaEs, space, seed: 's', trials: 1500, objective: trap });
    const last = stateOf(space, history).run;
    expect(last.restarts).toBeGreaterThan(1);
    expect(last.lambda).toBe(7 * 2 ** last.restarts);
    // 10 + ⌈30 · 3/7⌉ generations of 7 must be flat before the first one ends.
    expect(stateOf(space, history.slice(0, 7 * 22)).run.restarts).toBe(0);
    expect(bestValue(history)).toBe(0);
    const still = runSearch({
      ...{ sampler: cmaEs, space, seed: 's', trials: 1500, objective: trap },
      options: { restart: 'none' },
    });
    expect(stateOf(space, still, { restart: 'none' }).run.restarts).toBe(0);
  });

  it('learns nothing from generations that failed', () => {
    const failed = Array.from({ length: 14 }, (_, trial) =>
      observation(trial, Infinity, {
        wave: trial < 7 ? 0 : 1,
        assignment: { c0: 'k0', c1: 'k1', c2: 'k2' },
      }),
    );
    expect(stateOf(space, failed).choices).toEqual(stateOf(space, []).choices);
    expect(stateOf(space, failed).progress.generations).toBe(2);
  });
});

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

it('utilities sum to 0, so that draws of no merit move nothing on average', () => {
  for (const lambda of [2, 9, 40]) expect(sum(utilities(lambda))).toBeCloseTo(0, 12);
});
