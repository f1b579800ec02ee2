import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import type { Outcome } from '../../src/search/ask-tell/outcome.js';
import type { Optimizer } from '../../src/search/ask-tell/optimizer.js';
import type { SavedOptimizer } from '../../src/search/ask-tell/saved.js';
import type { OptimizerDefinition } from '../../src/search/ask-tell/definition.js';
import { createOptimizer, resumeOptimizer } from '../../src/search/ask-tell.js';
import { dominates } from '../../src/search/pareto/dominance.js';
import { builtinSamplers } from '../../src/search/registry.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { anyObjective, mixedSpace, spaceFor } from './support/scenario.js';

const SEED = 'goals';
const TRIALS = 23;

/** What samplers are told beside the history, as a study tells it. */
type Known = Pick<Parameters<AnySampler['propose']>[0], 'enqueued' | 'prior'>;

/** The loop of a study, apart from the optimizer. */
function loop(
  sampler: AnySampler,
  space: Space,
  enqueue: readonly Assignment[],
  known: Known,
  observe: (assignment: Assignment) => Omit<Observation, 'trial' | 'wave' | 'assignment'>,
): Assignment[] {
  const options = sampler.schema.parse({}) as never;
  const size = sampler.waveSize(space, options);
  const history: Observation[] = [];
  for (let wave = 0; history.length < TRIALS; wave++) {
    const count = Math.min(size, TRIALS - history.length);
    const given = enqueue.slice(history.length, history.length + count);
    const request = { options, space, seed: SEED, history: [...history], wave, full: 1, ...known };
    const firstTrial = history.length + given.length;
    const own =
      given.length === count ? [] : sampler.propose({ ...request, firstTrial, count: count - given.length });
    for (const assignment of [...given, ...own]) {
      history.push({ trial: history.length, wave, assignment, ...observe(assignment) });
    }
    if (own.length < count - given.length) break;
  }
  return history.map(({ assignment }) => assignment);
}

/** The same by hand, stopped and resumed from text after every third trial. */
function byHand(definition: OptimizerDefinition, outcomeOf: (assignment: Assignment) => Outcome): Optimizer {
  let optimizer = createOptimizer({ ...definition, trials: TRIALS });
  for (let asked = optimizer.ask(); asked !== undefined; asked = optimizer.ask()) {
    optimizer.tell(asked.trial, outcomeOf(asked.assignment));
    if (asked.trial % 3 === 0) {
      optimizer = resumeOptimizer(JSON.parse(JSON.stringify(optimizer)), definition.space);
    }
  }
  return optimizer;
}

const assignmentsOf = (optimizer: Optimizer): string =>
  JSON.stringify(optimizer.history().map(({ assignment }) => assignment));

const draws = (space: Space, key: string, count: number): Assignment[] => {
  const random = stream('goals-test', key);
  return Array.from({ length: count }, () =>
    space.decode(Array.from({ length: space.dimensions }, () => random.uniform())),
  );
};

const result = (value: number): Pick<Observation, 'value' | 'curve'> =>
  Number.isFinite(value) ? { value, curve: [value] } : { value: Infinity, curve: [] };

describe('points and earlier trials', () => {
  const samplers = builtinSamplers.members.filter(({ rounds }) => rounds === undefined);

  it.each(samplers.map((sampler) => [sampler.name, sampler] as const))(
    'reach %s as in a study',
    (_, sampler) => {
      const space = spaceFor(sampler);
      const enqueue = draws(space, 'enqueue', 5);
      const prior = draws(space, 'prior', 12).map((assignment, trial): Observation => ({
        trial,
        wave: 0,
        assignment,
        ...result(anyObjective(assignment)),
      }));
      const definition = { sampler: sampler.name, space, seed: SEED, enqueue, prior };
      const found = byHand(definition, (assignment) => anyObjective(assignment));
      const wanted = loop(sampler, space, enqueue, { enqueued: 5, prior }, (assignment) =>
        result(anyObjective(assignment)),
      );
      expect(assignmentsOf(found)).toBe(JSON.stringify(wanted));
      expect(
        found
          .history()
          .slice(0, 5)
          .map(({ assignment }) => assignment),
      ).toEqual(enqueue);
    },
  );

  it('move a search that begins where the earlier one was good', () => {
    const space = mixedSpace;
    const first = byHand({ sampler: 'cma-es', space, seed: 'first' }, anyObjective);
    const definition = { sampler: 'cma-es', space, seed: SEED };
    const without = byHand(definition, anyObjective);
    expect(assignmentsOf(byHand({ ...definition, prior: first.history() }, anyObjective))).not.toBe(
      assignmentsOf(without),
    );
  });

  it('are completed by draws where values are left out', () => {
    const space = spaceFor(builtinSamplers.get('tpe'));
    const [whole] = draws(space, 'part', 1);
    const [name, value] = Object.entries(whole!)[0]!;
    const optimizer = createOptimizer({ sampler: 'tpe', space, seed: SEED, enqueue: [{ [name]: value }] });
    const { assignment } = optimizer.ask()!;
    expect(assignment[name]).toEqual(value);
    expect(Object.keys(assignment).length).toBeGreaterThan(1);
    const again = createOptimizer({ sampler: 'tpe', space, seed: SEED, enqueue: [{ [name]: value }] });
    expect(again.ask()!.assignment).toEqual(assignment);
  });
});

describe('several objectives and constraints', () => {
  const space = spaceFor(builtinSamplers.get('nsga-ii'));
  /** Two values, one fails now and then, and a constraint that about half of the points miss. */
  const reach = (assignment: Assignment): Outcome => {
    const first = anyObjective(assignment);
    if (!Number.isFinite(first)) return 'failed';
    const second = Math.cos(5 * first);
    return { objectives: [first, second], violations: [Math.max(0, second)] };
  };
  const observe = (assignment: Assignment): Omit<Observation, 'trial' | 'wave' | 'assignment'> => {
    const outcome = reach(assignment);
    if (typeof outcome !== 'object' || !('objectives' in outcome)) {
      return { ...result(Infinity), objectives: [Infinity, Infinity], violations: [Infinity] };
    }
    const { objectives, violations = [] } = outcome;
    return { ...result(violations[0] === 0 ? objectives[0]! : Infinity), objectives, violations };
  };

  it.each(['nsga-ii', 'random', 'sobol'])('reach %s as in a study', (name) => {
    const sampler = builtinSamplers.get(name);
    const found = byHand({ sampler: name, space, seed: SEED, objectives: 2, constraints: 1 }, reach);
    expect(assignmentsOf(found)).toBe(JSON.stringify(loop(sampler, space, [], {}, observe)));
    const told = found.history();
    expect(told.map(({ objectives, violations }) => ({ objectives, violations }))).toEqual(
      told.map(({ assignment }) => {
        const { objectives, violations } = observe(assignment);
        return { objectives, violations };
      }),
    );
    const kept = told.filter(({ violations }) => violations![0] === 0);
    const front = kept.filter((one) => !kept.some((other) => dominates(other.objectives!, one.objectives!)));
    expect(front.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(told.length);
    expect(found.front()).toEqual(front);
    expect(found.best()!.value).toBe(Math.min(...kept.map(({ value }) => value)));
  });

  it('let a sampler of one objective rank what misses a constraint behind the rest, by how far', () => {
    const definition = { sampler: 'tpe', space, seed: SEED, constraints: 1 };
    const found = byHand(definition, (assignment) => {
      const value = anyObjective(assignment);
      return { objectives: [value], violations: [Number.isFinite(value) ? Math.max(0, value) : 3] };
    });
    const told = found.history();
    expect(
      told.filter(({ violations }) => violations![0]! > 0).every(({ value }) => value === Infinity),
    ).toBe(true);
    expect(told.filter(({ objectives }) => objectives![0] === Infinity).map((one) => one.violations)).toEqual(
      told.filter(({ objectives }) => objectives![0] === Infinity).map(() => [Infinity]),
    );
  });

  it('take a value that is not finite in another objective as none there', () => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1, objectives: 2 });
    optimizer.tell(optimizer.ask()!.trial, { objectives: [1, NaN], curve: [3, 1] });
    expect(optimizer.history()[0]).toMatchObject({ value: 1, curve: [3, 1], objectives: [1, Infinity] });
    expect(optimizer.front()).toEqual([]);
    expect(optimizer.best()!.trial).toBe(0);
    optimizer.tell(0, { objectives: [1, NaN], curve: [3, 1] });
    expect(() => {
      optimizer.tell(0, { objectives: [1, 2], curve: [3, 1] });
    }).toThrow(
      expect.objectContaining({
        found: 'the objectives 1, 2',
        expected: 'the objectives 1, Infinity, or nothing',
      }),
    );
  });
});

describe('what is known', () => {
  const space = spaceFor(builtinSamplers.get('tpe'));

  it('has the same numbers after a restart', () => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1, objectives: 2, constraints: 1 });
    optimizer.tell(optimizer.ask()!.trial, { objectives: [0, -0], violations: [-0], curve: [1, -0] });
    optimizer.tell(optimizer.ask()!.trial, { objectives: [NaN, 1], violations: [0], curve: [1, Infinity] });
    const resumed = resumeOptimizer(JSON.parse(JSON.stringify(optimizer)), space);
    // It tells −0 from 0.
    expect(resumed.history()).toStrictEqual(optimizer.history());
    expect(resumed.history()[0]).toMatchObject({ value: 0, objectives: [0, 0], violations: [0] });
  });

  it('can be the JSON of a history', () => {
    const first = byHand({ sampler: 'cma-es', space: mixedSpace, seed: 'first' }, (assignment) => {
      const value = anyObjective(assignment);
      return value > 0 ? value : 'failed';
    });
    const history = first.history();
    expect(history.some(({ value }) => value === Infinity)).toBe(true);
    const wanted = byHand({ sampler: 'cma-es', space: mixedSpace, seed: SEED, prior: history }, anyObjective);
    const prior = JSON.parse(JSON.stringify(history)) as typeof history;
    const found = byHand({ sampler: 'cma-es', space: mixedSpace, seed: SEED, prior }, anyObjective);
    expect(assignmentsOf(found)).toBe(assignmentsOf(wanted));
  });

  it('has the best as its front where there is one objective, whatever each trial trained', () => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1 });
    for (const curve of [[9, 8, 3], [5], [4, 3.5], [9, 8, 3]]) optimizer.tell(optimizer.ask()!.trial, curve);
    expect(optimizer.best()!.trial).toBe(2);
    expect(optimizer.front()).toEqual([optimizer.best()]);
    const failed = createOptimizer({ sampler: 'random', space, seed: 1 });
    failed.tell(failed.ask()!.trial, 'failed');
    expect(failed.front()).toEqual([]);
  });
});

describe('what cannot be', () => {
  const space = spaceFor(builtinSamplers.get('tpe'));
  const [point] = draws(space, 'wrong', 1);
  const name = Object.keys(point!)[0]!;
  const problem = (definition: object): Partial<UserError> => {
    try {
      createOptimizer({ sampler: 'random', space, seed: 1, ...definition });
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
    return {};
  };

  it.each([
    [{ enqueue: point }, { code: 'usage', expected: 'a list of points' }],
    [{ enqueue: [null] }, { code: 'usage', message: 'an optimizer has no such point as enqueue[0]' }],
    [
      { enqueue: [point, point], trials: 1 },
      { code: 'usage', message: 'more points than trials', found: '2 points', expected: 'at most 1' },
    ],
    [{ enqueue: [{ nothing: 1 }] }, { code: 'space', place: { path: 'enqueue[0].nothing' } }],
    [{ enqueue: [point, { [name]: 'far' }] }, { code: 'space', place: { path: `enqueue[1].${name}` } }],
    [{ prior: point }, { code: 'usage', found: expect.any(String) as string }],
    [
      { prior: [{ assignment: point }] },
      { code: 'usage', message: 'an optimizer has no result in earlier trial 0' },
    ],
    [{ prior: [{ assignment: point, value: 5, curve: [] }] }, { code: 'usage' }],
    [{ prior: [{ assignment: point, value: 5, curve: [9, 7] }] }, { code: 'usage' }],
    [{ enqueue: new Array(2) }, { code: 'usage', message: 'an optimizer has no such point as enqueue[0]' }],
    [{ prior: [{ assignment: {}, value: 1 }] }, { code: 'space', place: { path: 'prior[0]' } }],
    [{ objectives: 0 }, { code: 'usage', expected: 'a whole number, at least 1' }],
    [{ constraints: -1 }, { code: 'usage', expected: 'a whole number, at least 0' }],
    [
      { sampler: 'tpe', objectives: 2 },
      { code: 'unsupported', found: '2 objectives' },
    ],
    [
      { sampler: 'dehb', enqueue: [point] },
      { code: 'unsupported', found: 'points in `enqueue`' },
    ],
    [{ sampler: 'dehb', prior: [{ assignment: point, value: 1 }] }, { code: 'unsupported' }],
    [
      { sampler: 'dehb', constraints: 1 },
      { code: 'unsupported', found: '1 constraint' },
    ],
    [{ constraints: 1, prior: [{ assignment: point, value: 1 }] }, { code: 'unsupported' }],
  ])('%j is refused', (definition, error) => {
    expect(problem(definition)).toMatchObject(error);
  });

  it.each([
    [2, 'failed?'],
    [2, 1],
    [2, { objectives: [1] }],
    [2, { objectives: [1, 2], curve: [2] }],
    [2, { objectives: [1, 2], violations: [0] }],
    [1, { objectives: [1], violations: [1] }],
    [1, new Array(3)],
    [1, Object.assign(new Array(3), { 0: 1, 2: 2 })],
    [2, { objectives: Object.assign(new Array(2), { 0: 1 }) }],
  ])('%i objectives have no outcome %j', (objectives, outcome) => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1, objectives });
    expect(() => {
      optimizer.tell(optimizer.ask()!.trial, outcome as Outcome);
    }).toThrow('the outcome of trial 0');
  });

  it.each([-1, undefined])('a violation of %j', (violation) => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1, constraints: 1 });
    const outcome = { objectives: [1], violations: [violation] } as Outcome;
    expect(() => {
      optimizer.tell(optimizer.ask()!.trial, outcome);
    }).toThrow('the outcome of trial 0');
  });

  it.each<[string, (saved: SavedOptimizer) => void]>([
    ['more objectives', (saved) => (saved.objectives = 3)],
    ['fewer constraints', (saved) => (saved.constraints = 0)],
    ['no objectives of a trial', (saved) => delete saved.proposals[1]!.objectives],
    ['a constraint too many', (saved) => saved.proposals[0]!.violations!.push(0)],
    ['a violation below 0', (saved) => (saved.proposals[0]!.violations = [-1])],
    ['another curve', (saved) => (saved.proposals[0]!.curve = [7])],
    ['a curve of what misses a constraint', (saved) => (saved.proposals[1]!.curve = [3])],
    ['objectives of a trial that was not told', (saved) => (saved.proposals[3]!.objectives = [1, 2])],
  ])('is found in saved results: %s', (_, change) => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1, objectives: 2, constraints: 1 });
    const outcomes: Outcome[] = [
      { objectives: [1, 2], violations: [0], curve: [4, NaN, 1] },
      { objectives: [3, NaN], violations: [2] },
      'failed',
    ];
    for (const outcome of outcomes) optimizer.tell(optimizer.ask()!.trial, outcome);
    optimizer.ask();
    const saved = JSON.parse(JSON.stringify(optimizer)) as SavedOptimizer;
    expect(resumeOptimizer(saved, space).history()).toEqual(optimizer.history());
    change(saved);
    expect(() => resumeOptimizer(saved, space)).toThrow('contradicts itself');
  });

  it('is found in a saved point before it is asked for', () => {
    const saved = createOptimizer({ sampler: 'random', space, seed: 1, enqueue: [point!] }).toJSON();
    const { weights: _, ...rest } = point!;
    const changed = { ...saved, enqueue: [rest] };
    expect(() => resumeOptimizer(changed, space)).toThrow('a value is missing');
  });

  it('is found in a saved optimizer too', () => {
    const optimizer = createOptimizer({ sampler: 'random', space, seed: 1, enqueue: [point!] });
    const saved = JSON.parse(JSON.stringify(optimizer)) as {
      enqueue: Record<string, unknown>[];
      objectives: number;
    };
    expect(() => resumeOptimizer({ ...saved, enqueue: [{ ...point, [name]: 'far' }] }, space)).toThrow(name);
    expect(() => resumeOptimizer({ ...saved, sampler: 'tpe', objectives: 2 }, space)).toThrow(
      'one objective',
    );
  });
});
