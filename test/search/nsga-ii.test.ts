import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { assignmentKey } from '../../src/search/assignments.js';
import { breed } from '../../src/search/nsga-ii/breeding.js';
import { CROSSOVERS, crossovers } from '../../src/search/nsga-ii/crossover.js';
import { polynomialStep } from '../../src/search/nsga-ii/polynomial-step.js';
import { replayPopulation, survivingTrials } from '../../src/search/nsga-ii/population.js';
import { nsgaII } from '../../src/search/nsga-ii.js';
import { hypervolume } from '../../src/search/pareto/hypervolume.js';
import { random } from '../../src/search/random.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { mixedSpace } from './support/scenario.js';
import { floatSpace, testSpace } from './support/space.js';

interface Told {
  readonly objectives: readonly number[];
  readonly violations?: readonly number[];
}

/** A search for several objectives, as a study runs it. */
function searchFor(
  sampler: AnySampler,
  space: Space,
  seed: string,
  trials: number,
  judge: (assignment: Assignment) => Told,
  options: Readonly<Record<string, unknown>> = {},
  waveSize?: number,
): Observation[] {
  const parsed: unknown = sampler.schema.parse(options);
  const history: Observation[] = [];
  const size = waveSize ?? sampler.waveSize(space, parsed);
  for (let wave = 0; history.length < trials; wave++) {
    const proposals = sampler.propose({
      options: parsed as never,
      ...{ space, seed, history, wave },
      firstTrial: history.length,
      count: Math.min(size, trials - history.length),
    });
    const firstTrial = history.length;
    proposals.forEach((assignment, index) => {
      const told = judge(assignment);
      const kept = (told.violations ?? []).every((violation) => violation === 0);
      const value = kept ? told.objectives[0]! : Infinity;
      history.push(observation(firstTrial + index, value, { wave, assignment, ...told, curve: [value] }));
    });
  }
  return history;
}

const feasible = (history: readonly Observation[]): readonly Observation[] =>
  history.filter(({ violations }) => (violations ?? []).every((violation) => violation === 0));

/** Volume up to a reference of what keeps the constraints. */
const volumeOf = (history: readonly Observation[], reference: readonly number[]): number =>
  hypervolume(
    feasible(history)
      .map(({ objectives }) => objectives!)
      .filter((point) => point.every((value, index) => value <= reference[index]!)),
    reference,
  );

/** ZDT1 (Zitzler, Deb & Thiele 2000): the front is f₂ = 1 − √f₁; its volume up to (1, 1) is 2/3. */
function zdt1(assignment: Assignment): Told {
  const [first, ...others] = numbersOf(assignment);
  const g = 1 + (9 * others.reduce((sum, x) => sum + x, 0)) / others.length;
  return { objectives: [first!, g * (1 - Math.sqrt(first! / g))] };
}

/** BNH (Binh & Korn 1997) with its two constraints; x in [0, 5] × [0, 3]. */
function bnh(assignment: Assignment): Told {
  const [x, y] = numbersOf(assignment);
  const excess = [(x! - 5) ** 2 + y! ** 2 - 25, 7.7 - (x! - 8) ** 2 - (y! + 3) ** 2];
  return {
    objectives: [4 * x! ** 2 + 4 * y! ** 2, (x! - 5) ** 2 + (y! - 5) ** 2],
    violations: excess.map((value) => Math.max(0, value)),
  };
}

describe('crossovers', () => {
  const parents = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const constant = (value: number) => ({ uniform: () => value, normal: () => value });
  const bounds = [
    [1, 10],
    [1, 10],
  ] as const;

  // Fixtures of Optuna's tests, where every random number is the same.
  it.each([
    ['blx-alpha', 0, [0, 1]],
    ['blx-alpha', 0.5, [2, 3]],
    ['blx-alpha', 1, [4, 5]],
    ['spx', 0, [7, 8]],
    ['spx', 0.5, [2.75735931, 3.75735931]],
    ['spx', 1, [-1, 0]],
    ['sbx', 0, [2, 3]],
    ['sbx', 0.5, [3, 4]],
    ['sbx', 1, [3, 4]],
    ['vsbx', 0, [-1076.02679423, -2151.84728898]],
    ['vsbx', 0.25, [0.6804101721570116, 1.4872398795777244]],
    ['sbx', 0.25, [2.7934420757782714, 3.793314672483337]],
    ['undx', -0.5, [3, 4]],
    ['undx', 0, [2, 3]],
    ['undx', 0.5, [1, 2]],
  ] as const)('%s with %f', (name, value, expected) => {
    const crossover = crossovers[name];
    const child = crossover.child(parents.slice(0, crossover.parents), constant(value), 1, bounds);
    child.forEach((coordinate, index) => expect(coordinate).toBeCloseTo(expected[index]!, 7));
  });

  const drawsOf = (key: string) => {
    const numbers = stream('crossover', key);
    return {
      uniform: () => numbers.uniform(),
      normal: (deviation: number) => deviation * numbers.normal(),
    };
  };

  it.each(CROSSOVERS)(
    '%s gives children about the middle of the parents; equal parents again where it is translation invariant',
    (name) => {
      const crossover = crossovers[name];
      const three = [
        [0.3, 0.4, 0.6],
        [0.5, 0.4, 0.2],
        [0.4, 0.7, 0.4],
      ].slice(0, crossover.parents);
      const draws = drawsOf(name);
      const count = 20_000;
      const children = Array.from({ length: count }, () => crossover.child(three, draws, 2));
      const centre = three.slice(0, name === 'spx' ? 3 : 2);
      [0, 1, 2].forEach((axis) => {
        const middle = centre.reduce((sum, parent) => sum + parent[axis]!, 0) / centre.length;
        const mean = children.reduce((sum, child) => sum + child[axis]!, 0) / count;
        expect(Math.abs(mean - middle)).toBeLessThan(0.02);
      });
      // vSBX scales both parents by factors that do not sum to one.
      if (name === 'vsbx') return;
      const same = three.map(() => [0.2, 0.7, 0.5]);
      crossover
        .child(same, draws, 2)
        .forEach((value, index) => expect(value).toBeCloseTo(same[0]![index]!, 6));
    },
  );

  it('undx spreads as its deviations say', () => {
    // The axis is the first coordinate, parents 0.4 apart, the third parent 0.3 away from it.
    const three = [
      [0.3, 0.5, 0.5],
      [0.7, 0.5, 0.5],
      [0.5, 0.8, 0.5],
    ];
    const draws = drawsOf('undx spread');
    const children = Array.from({ length: 20_000 }, () => crossovers.undx.child(three, draws, 1));
    const deviation = (axis: number): number =>
      Math.sqrt(children.reduce((sum, child) => sum + (child[axis]! - 0.5) ** 2, 0) / children.length);
    expect(deviation(0)).toBeCloseTo(0.5 * 0.4, 2);
    expect(deviation(1)).toBeCloseTo((0.35 / Math.sqrt(3)) * 0.3, 2);
    expect(deviation(2)).toBeCloseTo((0.35 / Math.sqrt(3)) * 0.3, 2);
  });

  it('sbx stays inside its bounds', () => {
    const draws = drawsOf('sbx bounds');
    for (let count = 0; count < 3000; count++) {
      const child = crossovers.sbx.child(
        [
          [0.01, 0.98],
          [0.3, 0.4],
        ],
        draws,
        1,
      );
      child.forEach((value) => expect(value >= -1e-12 && value <= 1 + 1e-12).toBe(true));
    }
  });
});

describe('polynomial mutation', () => {
  it('stays in [0, 1], changes nothing at 1/2, and is monotone in its draw', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (value, one, other) => {
          const moved = polynomialStep(value, one);
          expect(moved >= 0 && moved <= 1).toBe(true);
          expect(polynomialStep(value, 0.5)).toBeCloseTo(value, 12);
          const [less, more] = one < other ? [one, other] : [other, one];
          expect(polynomialStep(value, less)).toBeLessThanOrEqual(polynomialStep(value, more) + 1e-12);
        },
      ),
    );
    expect(polynomialStep(0.4, 0)).toBeCloseTo(0, 12);
  });
});

describe('children', () => {
  it.each(CROSSOVERS)(
    'of %s take categories from a parent and hold exactly the active entries',
    (crossover) => {
      const points = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: mixedSpace.dimensions,
        maxLength: mixedSpace.dimensions,
      });
      fc.assert(
        fc.property(points, points, points, fc.nat(), (a, b, c, key) => {
          const parents = [a, b, c]
            .slice(0, crossovers[crossover].parents)
            .map((unit) => mixedSpace.decode(unit));
          const child = breed(parents, {
            ...{ space: mixedSpace, crossover, crossoverProbability: 1, mutation: 'redraw' },
            ...{ mutationProbability: 0, objectives: 2, random: stream('breed', key) },
          });
          for (const entry of mixedSpace.entries) {
            expect(child[entry.name] !== undefined).toBe(mixedSpace.isActive(entry, child));
          }
          for (const name of ['family', 'warm']) {
            expect(parents.map((parent) => parent[name])).toContain(child[name]);
          }
          if (crossover !== 'uniform') return;
          for (const [name, value] of Object.entries(child)) {
            const had = parents.map((parent) => parent[name]).filter((one) => one !== undefined);
            if (had.length > 0) expect(had).toContainEqual(value);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('without crossover and mutation are copies, to the last bit', () => {
    const parent = mixedSpace.decode([0.1, 0.123456789, 0.5, 0.5, 0.2, 0.5, 0.3, 0.7]);
    const child = breed([parent, mixedSpace.decode(new Array<number>(8).fill(0.9))], {
      ...{ space: mixedSpace, crossover: 'sbx', crossoverProbability: 0, mutation: 'polynomial' },
      ...{ mutationProbability: 0, objectives: 1, random: stream('copy') },
    });
    expect(child).toEqual(parent);
  });

  it('change about one entry where nothing else is said, and every one where it is certain', () => {
    const space = floatSpace(8);
    const parent = space.decode(new Array<number>(8).fill(0.5));
    const changes = (mutationProbability: number, mutation: 'redraw' | 'polynomial'): number => {
      let changed = 0;
      for (let key = 0; key < 500; key++) {
        const child = breed([parent, parent], {
          ...{ space, crossover: 'uniform', crossoverProbability: 0.9, mutation },
          ...{ mutationProbability, objectives: 1, random: stream('changes', key) },
        });
        changed += numbersOf(child).filter((value) => value !== 0.5).length;
      }
      return changed / 500;
    };
    expect(Math.abs(changes(1 / 8, 'redraw') - 1)).toBeLessThan(0.15);
    expect(changes(1, 'polynomial')).toBe(8);
    expect(changes(0, 'redraw')).toBe(0);
  });
});

describe('the population', () => {
  it('keeps whole fronts, and of the last one those with the most room', () => {
    const told = (trial: number, objectives: readonly number[]): Observation =>
      observation(trial, objectives[0]!, { objectives });
    const trials = [
      told(0, [5, 5]),
      told(1, [0, 10]),
      told(2, [10, 0]),
      told(3, [4, 4]),
      told(4, [3.9, 4.2]),
      told(5, [1, 8]),
      told(6, [9, 9]),
    ];
    expect(survivingTrials(trials, 5).map(({ trial }) => trial)).toEqual([1, 2, 3, 4, 5]);
    expect(survivingTrials(trials, 4).map(({ trial }) => trial)).toEqual([1, 2, 3, 5]);
    expect(survivingTrials(trials, 6).map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('holds the best so far, whatever the waves; in one objective by standing, failures last', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(Infinity)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (list, wave) => {
        const history = list.map((value, trial) =>
          observation(trial, value, {
            wave: Math.floor(trial / wave),
            curve: value === Infinity ? [] : [value],
          }),
        );
        const living = replayPopulation(floatSpace(2), 6, history).map(({ value }) => value);
        const best = [...list].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, 6);
        expect([...living].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))).toEqual(best);
      }),
    );
  });
});

describe('nsga-ii', () => {
  it.each(CROSSOVERS)('with %s comes near the front of ZDT1, far nearer than chance', (crossover) => {
    const space = floatSpace(6);
    const share = (sampler: AnySampler, options = {}): number =>
      volumeOf(searchFor(sampler, space, 'zdt1', 1000, zdt1, options), [1, 1]) / (2 / 3);
    const reached = share(nsgaII, { population: 40, crossover });
    expect(reached).toBeLessThanOrEqual(1);
    // The front lies in a corner of the space, which children that leave the cube reach less well.
    expect(reached).toBeGreaterThan(['uniform', 'sbx', 'vsbx'].includes(crossover) ? 0.6 : 0.3);
    expect(reached).toBeGreaterThan(share(random) + 0.25);
  });

  it('spreads over the front, in waves of any size', () => {
    const space = floatSpace(5);
    for (const wave of [1, 7, 60]) {
      const history = searchFor(nsgaII, space, 'spread', 900, zdt1, { population: 30 }, wave);
      const living = replayPopulation(space, 30, history).map(({ objectives }) => objectives!);
      expect(volumeOf(history, [1, 1])).toBeGreaterThan(0.7 * (2 / 3));
      expect(Math.min(...living.map(([first]) => first!))).toBeLessThan(0.05);
      expect(Math.max(...living.map(([first]) => first!))).toBeGreaterThan(0.6);
    }
  });

  it('finds the front of BNH within its constraints', () => {
    const space = testSpace([
      { name: 'x', kind: 'float', low: 0, high: 5 },
      { name: 'y', kind: 'float', low: 0, high: 3 },
    ]);
    const history = searchFor(nsgaII, space, 'bnh', 600, bnh, { population: 40, crossover: 'sbx' });
    // The front is known (x = y in [0, 3], then y = 3), and lies inside the constraints.
    const front = Array.from({ length: 2001 }, (_, index) => {
      const x = (5 * index) / 2000;
      const y = Math.min(3, x);
      return [4 * x ** 2 + 4 * y ** 2, (x - 5) ** 2 + (y - 5) ** 2];
    });
    const reference = [140, 50];
    const best = hypervolume(front, reference);
    expect(volumeOf(history, reference)).toBeGreaterThan(0.98 * best);
    expect(volumeOf(history, reference)).toBeLessThanOrEqual(best);
    const living = replayPopulation(space, 40, history);
    expect(feasible(living)).toHaveLength(40);
  });

  it('climbs towards what is allowed where nothing is at first', () => {
    const allowed = (assignment: Assignment): Told => {
      const missed = Math.max(0, sphere(0.9)(numbersOf(assignment)) - 0.02);
      return { objectives: [numbersOf(assignment)[0]!], violations: [missed] };
    };
    const history = searchFor(nsgaII, floatSpace(4), 'climb', 600, allowed, { population: 30 });
    expect(feasible(history.slice(0, 30))).toHaveLength(0);
    expect(feasible(history).length).toBeGreaterThan(50);
  });

  it('is a genetic algorithm where there is one objective', () => {
    const run = (sampler: AnySampler): number =>
      bestValue(
        runSearch({
          ...{ sampler, space: floatSpace(5), seed: 'one', trials: 800 },
          objective: (assignment) => sphere(0.3)(numbersOf(assignment)),
        }),
      );
    expect(run(nsgaII)).toBeLessThan(0.2 * run(random));
  });

  it('proposes no point twice while the space has others', () => {
    const space = testSpace(
      Array.from({ length: 8 }, (_, index) => ({
        name: `c${index}`,
        kind: 'categorical',
        choices: ['a', 'b', 'c'],
      })),
    );
    const count = (letter: string, assignment: Assignment): number =>
      Object.values(assignment).filter((value) => value === letter).length;
    const history = searchFor(nsgaII, space, 'twice', 300, (assignment) => ({
      objectives: [count('a', assignment), count('b', assignment)],
    }));
    const distinct = new Set(history.slice(50).map(({ assignment }) => assignmentKey(assignment)));
    expect(distinct.size).toBeGreaterThan(245);
  });

  it('takes trials whose other objectives are not known, and one that failed in all', () => {
    const space = floatSpace(2);
    const history = Array.from({ length: 12 }, (_, trial) =>
      observation(trial, trial === 3 ? Infinity : trial, {
        assignment: space.decode([trial / 12, 0.5]),
        ...(trial % 2 === 0 ? {} : { objectives: trial === 3 ? [Infinity, Infinity] : [trial, 12 - trial] }),
      }),
    );
    const options = nsgaII.schema.parse({ population: 6 });
    const request = { options, space, seed: 's', history, wave: 1, firstTrial: 12, count: 5 };
    expect(nsgaII.propose(request)).toHaveLength(5);
    expect(replayPopulation(space, 6, history).some(({ trial }) => trial === 3)).toBe(false);
  });

  it('is quick after 10,000 trials', () => {
    const space = floatSpace(5);
    const history = Array.from({ length: 10_000 }, (_, trial) => {
      const assignment = space.decode(
        Array.from({ length: 5 }, (_x, index) => ((trial * (index + 3)) % 997) / 997),
      );
      const told = zdt1(assignment);
      return observation(trial, told.objectives[0]!, { wave: Math.floor(trial / 10), assignment, ...told });
    });
    const options = nsgaII.schema.parse({});
    const ask = (count: number): unknown =>
      nsgaII.propose({ options, space, seed: 's', history, wave: 1000, firstTrial: 10_000, count });
    ask(1);
    const began = process.hrtime.bigint();
    ask(50);
    expect(Number(process.hrtime.bigint() - began) / 1e6 / 50).toBeLessThan(5);
  });
});
