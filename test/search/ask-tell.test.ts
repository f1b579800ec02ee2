import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permutation, stream } from '../../src/core/random.js';
import type { Outcome, Reached } from '../../src/search/ask-tell/outcome.js';
import type { Optimizer } from '../../src/search/ask-tell/optimizer.js';
import { createOptimizer, resumeOptimizer } from '../../src/search/ask-tell.js';
import { random } from '../../src/search/random.js';
import { ranked } from '../../src/search/ranking.js';
import { builtinSamplers } from '../../src/search/registry.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import { createSpace } from '../../src/space/create-space.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { builtinFidelityPolicies } from '../../src/fidelity/registry.js';
import { startOf } from '../../src/study/arm-state.js';
import { askArm } from '../../src/study/ask-arm.js';
import { observation } from './support/observation.js';
import { runSearch } from './support/run.js';
import { anyObjective, inheritedNamesSpace, mixedSpace, spaceFor } from './support/scenario.js';
import { floatSpace, testSpace } from './support/space.js';

/** Some learning curve of any assignment: one to three values; about one in four fails, some without any value. */
function anyOutcome(assignment: Assignment, trial: number): Exclude<Outcome, Reached> {
  const value = anyObjective(assignment);
  if (!Number.isFinite(value)) return trial % 2 === 0 ? 'failed' : [0.5, NaN];
  return [value + 0.2 * Math.sin(trial), value + 0.1 * Math.cos(trial), value].slice(-1 - (trial % 3));
}

/** Evaluations of a whole training. */
const FULL = 4;

/** The loop of a study, apart from the optimizer: waves of proposals, told in trial order. */
function loop(
  sampler: AnySampler,
  space: Space,
  seed: string,
  trials: number,
  waveSize: number,
): Assignment[] {
  const options = sampler.schema.parse({}) as never;
  const history: Observation[] = [];
  for (let wave = 0; history.length < trials; wave++) {
    const firstTrial = history.length;
    const round = sampler.rounds?.round({ options, space, full: FULL, index: wave });
    const count = round?.trials ?? Math.min(waveSize, trials - firstTrial);
    if (firstTrial + count > trials) break;
    const next = sampler.propose({
      ...{ options, space, seed, history: [...history], wave, firstTrial, count, full: FULL },
    });
    next.forEach((assignment, index) => {
      const outcome = anyOutcome(assignment, firstTrial + index);
      const curve =
        outcome === 'failed'
          ? []
          : [outcome].flat().map((value) => (Number.isFinite(value) ? value : Infinity));
      history.push({ trial: firstTrial + index, wave, assignment, value: curve.at(-1) ?? Infinity, curve });
    });
    if (next.length < count) break;
  }
  return history.map(({ assignment }) => assignment);
}

const bytes = (assignments: readonly Assignment[]): string => JSON.stringify(assignments);

/** Stops and goes on from text, as another process would. */
const restarted = (optimizer: Optimizer, space: Space): Optimizer =>
  resumeOptimizer(JSON.parse(JSON.stringify(optimizer)), space);

describe.each(builtinSamplers.members.map((sampler) => [sampler.name, sampler] as const))(
  '%s',
  (_name, sampler) => {
    const space = spaceFor(sampler);

    it('proposes what a run proposes, told in any order within a wave, and after restarts at any trial', () => {
      const plans = fc.record({
        seed: fc.constantFrom('a', 'study/1/sampler/search'),
        trials: fc.integer({ min: 1, max: 30 }),
        wave: fc.integer({ min: 1, max: 9 }),
        /** Key of the order of tells within waves. */
        order: fc.nat(),
        /** Restarts after these steps, an ask or a tell being one. */
        restarts: fc.uniqueArray(fc.nat(59), { maxLength: 4 }),
      });
      fc.assert(
        fc.property(plans, ({ seed, trials, wave, order, restarts }) => {
          const waves = sampler.rounds === undefined ? { wave } : {};
          const definition = { sampler: sampler.name, space, seed, trials, full: FULL, ...waves };
          let optimizer = createOptimizer(definition);
          let step = 0;
          const after = <Result>(result: Result): Result => {
            if (restarts.includes(step++)) optimizer = restarted(optimizer, space);
            return result;
          };
          const seen: Assignment[] = [];
          for (let ended = false; !ended;) {
            const open: { readonly trial: number; readonly assignment: Assignment }[] = [];
            const round = seen.length === 0 ? 0 : optimizer.history().at(-1)!.wave + 1;
            const size =
              sampler.rounds?.round({
                ...{ options: sampler.schema.parse({}) as never, space, full: FULL, index: round },
              }).trials ?? wave;
            while (open.length < size && !ended) {
              const asked = after(optimizer.ask());
              if (asked === undefined) ended = true;
              else open.push(asked);
            }
            seen.push(...open.map(({ assignment }) => assignment));
            for (const index of permutation(open.length, stream('order', order, seen.length))) {
              const { trial, assignment } = open[index]!;
              after(optimizer.tell(trial, anyOutcome(assignment, trial)));
            }
          }
          expect(bytes(seen)).toBe(bytes(loop(sampler, space, seed, trials, wave)));
          expect(optimizer.history().map(({ trial }) => trial)).toEqual([...seen.keys()]);
        }),
        {
          numRuns: 4,
          seed: 1,
          examples: [[{ seed: 'a', trials: 14, wave: 4, order: 3, restarts: [...Array(60).keys()] }]],
        },
      );
    });

    it('proposes what runSearch proposes, with waves of its own size', () => {
      const trials = Math.min(40, 2 * sampler.waveSize(space, sampler.schema.parse({}) as never) + 1);
      const run = runSearch({ sampler, space, seed: 'own', trials, objective: anyObjective });
      const full = sampler.rounds === undefined ? 1 : FULL;
      const optimizer = createOptimizer({ sampler, space, seed: 'own', trials, full });
      const seen: Assignment[] = [];
      for (let asked = optimizer.ask(); asked !== undefined; asked = optimizer.ask()) {
        seen.push(asked.assignment);
        const { from, fidelity, continues } = asked.training ?? { from: 0, fidelity: 1 };
        const parent = optimizer.history()[continues ?? -1];
        const value = parent?.value === Infinity ? Infinity : anyObjective(asked.assignment);
        const piece = new Array<number>(fidelity - from).fill(value);
        optimizer.tell(asked.trial, [...(parent?.curve ?? []), ...piece]);
      }
      expect(bytes(seen)).toBe(bytes(run.map(({ assignment }) => assignment)));
      expect(optimizer.history()).toEqual(run);
    });
  },
);

it('proposes what the search arm of a study asks for', () => {
  const space = createSpace({
    name: 'small',
    parameters: { gamma: { type: 'float', low: 0, high: 5 }, alpha: { type: 'float', low: 0.1, high: 0.9 } },
    candidate: { loss: { name: 'balanced-focal', parameters: { gamma: '$gamma', alpha: '$alpha' } } },
  } as never);
  const sampler: AnySampler = builtinSamplers.get('cma-es');
  const policy = builtinFidelityPolicies.get('full');
  const arm = {
    kind: 'sampled',
    name: 'search',
    sampler,
    samplerOptions: sampler.schema.parse({}) as unknown,
    policy,
    policyOptions: policy.schema.parse({}) as unknown,
    space,
    wave: 5,
    trials: 18,
  };
  const state = startOf(arm as never);
  const experiment = { seed: 7, training: { evaluations: 3 } } as never;
  const objective = ({ gamma, alpha }: Assignment): number =>
    ((gamma as number) - 2) ** 2 + (alpha as number);
  const optimizer = createOptimizer({
    sampler: 'cma-es',
    space,
    seed: 'study/7/sampler/search',
    wave: 5,
    trials: 18,
  });
  let asked = 0;
  for (
    let lanes = askArm(experiment, state, asked);
    lanes.length > 0;
    lanes = askArm(experiment, state, asked)
  ) {
    for (const { index, wave, assignment } of lanes.flatMap(({ requests }) => requests)) {
      const byHand = optimizer.ask()!;
      expect(bytes([byHand.assignment])).toBe(bytes([assignment!]));
      expect([byHand.trial, byHand.wave]).toEqual([index, wave]);
      state.history.push(observation(index, objective(assignment!), { wave, assignment: assignment! }));
      asked++;
    }
    for (const { trial, assignment } of optimizer.pending()) optimizer.tell(trial, objective(assignment));
  }
  expect(asked).toBe(18);
  expect(optimizer.ask()).toBeUndefined();
});

describe('an optimizer', () => {
  const space = floatSpace(2);
  const definition = { sampler: 'random', space, seed: 1, wave: 3 } as const;
  const thrown = (code: string, parts: Readonly<Record<string, unknown>>): Error =>
    expect.objectContaining({ code, ...parts }) as Error;

  it('gives candidates, and numbers trials and waves from 0', () => {
    const optimizer = createOptimizer(definition);
    const asked = [optimizer.ask()!, optimizer.ask()!, optimizer.ask()!];
    expect(asked.map(({ trial, wave }) => [trial, wave])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    for (const { assignment, candidate } of asked) expect(candidate).toEqual(space.build(assignment));
    asked.forEach(({ trial }) => optimizer.tell(trial, 0));
    expect([optimizer.ask()!.trial, optimizer.pending()[0]!.wave]).toEqual([3, 1]);
  });

  it('says which trials are still to be told before the next wave', () => {
    const optimizer = createOptimizer(definition);
    for (let trial = 0; trial < 3; trial++) optimizer.ask();
    optimizer.tell(1, 5);
    const error = thrown('study', {
      message: 'trial 3 begins a new wave, which is proposed from the results of all trials before it',
      found: 'no result of the trials 0, 2',
    });
    expect(() => optimizer.ask()).toThrow(error);
    expect(() => restarted(optimizer, space).ask()).toThrow(error);
    expect(optimizer.pending().map(({ trial }) => trial)).toEqual([0, 2]);
    optimizer.tell(2, 1);
    expect(() => optimizer.ask()).toThrow(thrown('study', { found: 'no result of trial 0' }));
    optimizer.tell(0, 2);
    expect(optimizer.ask()!.trial).toBe(3);
    const wide = createOptimizer({ ...definition, wave: 20 });
    for (let trial = 0; trial < 20; trial++) wide.ask();
    expect(() => wide.ask()).toThrow(
      thrown('study', { found: 'no result of the trials 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more' }),
    );
  });

  it('takes a result once, and for a trial that was asked for', () => {
    const optimizer = createOptimizer(definition);
    expect(() => optimizer.tell(0, 1)).toThrow(thrown('study', { expected: 'ask for a trial first' }));
    optimizer.ask();
    // The wave holds trials 1 and 2 already, but nobody asked for them.
    for (const trial of [1, -1, 0.5, NaN, 7]) {
      expect(() => optimizer.tell(trial, 1)).toThrow(
        thrown('study', { found: `trial ${trial}`, expected: 'a whole number from 0 to 0' }),
      );
    }
    for (const [trial, found] of [
      [optimizer.pending()[0], /^a map with trial, wave, assignment/],
      ['0', /^"0"$/],
      [undefined, /^nothing$/],
    ] as const) {
      expect(() => optimizer.tell(trial as never, 1)).toThrow(
        thrown('study', {
          found: expect.stringMatching(found) as string,
          expected: 'a whole number from 0 to 0',
        }),
      );
    }
    optimizer.tell(0, [3, 1]);
    optimizer.tell(0, [3, 1]);
    expect(() => optimizer.tell(0, 1)).toThrow(
      thrown('study', {
        message: 'trial 0 was told before, with another outcome',
        found: 'the curve 1',
        expected: 'the curve 3, 1, or nothing',
      }),
    );
    expect(optimizer.history()).toEqual([
      { trial: 0, wave: 0, assignment: expect.anything() as unknown, value: 1, curve: [3, 1] },
    ]);
  });

  it('takes a value, a curve, or a failure', () => {
    const optimizer = createOptimizer({ ...definition, wave: 8 });
    const outcomes: readonly Outcome[] = [2, [4, 1], 'failed', NaN, -Infinity, [1, Infinity], [NaN, 3]];
    outcomes.forEach((outcome) => optimizer.tell(optimizer.ask()!.trial, outcome));
    const expected = [
      [2, [2]],
      [1, [4, 1]],
      [Infinity, []],
      [Infinity, [Infinity]],
      [Infinity, [Infinity]],
      [Infinity, [1, Infinity]],
      [3, [Infinity, 3]],
    ];
    for (const one of [optimizer, restarted(optimizer, space)]) {
      expect(one.history().map(({ value, curve }) => [value, curve])).toEqual(expected);
      // After one evaluation, the only one that all have, trial 0 is ahead; how trial 1 went on does not count.
      expect(one.best()).toEqual(ranked(one.history())[0]);
      expect(one.best()!.trial).toBe(0);
    }
    const last = optimizer.ask()!.trial;
    for (const outcome of [[], null, undefined, '3', [1, '2'], {}]) {
      expect(() => optimizer.tell(last, outcome as never)).toThrow(thrown('usage', {}));
    }
    expect(optimizer.pending().map(({ trial }) => trial)).toEqual([last]);
  });

  it('keeps entries called as what every object inherits', () => {
    const names = ['regularized-evolution', 'thompson'];
    for (const sampler of names) {
      let optimizer = createOptimizer({ sampler, space: inheritedNamesSpace, seed: 1, trials: 30 });
      for (let asked = optimizer.ask(); asked !== undefined; asked = optimizer.ask()) {
        optimizer.tell(asked.trial, anyObjective(asked.assignment));
        const told = optimizer.history();
        optimizer = restarted(optimizer, inheritedNamesSpace);
        expect(optimizer.history()).toEqual(told);
      }
      expect(optimizer.history()).toHaveLength(30);
    }
  });

  it('has no best where nothing was told, or all failed', () => {
    const optimizer = createOptimizer(definition);
    expect(optimizer.best()).toBeUndefined();
    optimizer.tell(optimizer.ask()!.trial, 'failed');
    expect(optimizer.best()).toBeUndefined();
  });

  it('ends with its trials, or with its sampler', () => {
    const four = createOptimizer({ ...definition, trials: 4 });
    const drain = (optimizer: Optimizer): number => {
      let count = 0;
      for (let asked = optimizer.ask(); asked !== undefined; asked = optimizer.ask()) {
        count++;
        optimizer.tell(asked.trial, count);
      }
      return count;
    };
    expect(drain(four)).toBe(4);
    expect(restarted(four, space).ask()).toBeUndefined();
    expect(drain(createOptimizer({ ...definition, trials: 0 }))).toBe(0);
    const small = testSpace([{ name: 'a', kind: 'categorical', choices: ['x', 'y', 'z'] }]);
    for (const wave of [1, 2, 3, 5]) {
      const grid = createOptimizer({ sampler: 'grid', space: small, seed: 1, wave });
      expect(drain(grid)).toBe(3);
      expect(restarted(grid, small).ask()).toBeUndefined();
    }
  });

  it('takes a sampler of one’s own, and asks for it again', () => {
    const own: AnySampler = { ...random, name: 'own', waveSize: () => 2 };
    const optimizer = createOptimizer({ sampler: own, space, seed: 1 });
    optimizer.ask();
    const saved: unknown = JSON.parse(JSON.stringify(optimizer));
    expect(() => resumeOptimizer(saved, space)).toThrow(thrown('unknown-name', {}));
    expect(() => resumeOptimizer(saved, space, random as AnySampler)).toThrow(
      thrown('study', { found: 'own', expected: 'random' }),
    );
    expect(resumeOptimizer(saved, space, own).ask()!.trial).toBe(1);
  });

  it('refuses what is no proposal of a sampler of one’s own', () => {
    const asked = (propose: AnySampler['propose']) => () =>
      createOptimizer({ sampler: { ...random, name: 'own', propose }, space, seed: 1, wave: 2 }).ask();
    const three = asked((request) => random.propose({ ...request, count: 3 }));
    expect(three).toThrow(thrown('plugin', { found: 'a list of 3', expected: 'at most 2' }));
    expect(three).toThrow('the sampler "own" proposes the wrong thing');
    expect(asked(() => [{ nowhere: 1 }])).toThrow(
      thrown('plugin', {
        found: '"nowhere" in point 0',
        message: expect.stringContaining('unknown entry') as string,
      }),
    );
  });

  it('refuses what cannot work', () => {
    const create = (more: object) => () => createOptimizer({ ...definition, ...more });
    expect(create({ sampler: 'randon' })).toThrow(/did you mean "random"/);
    expect(create({ options: { sigma: 1 } })).toThrow(thrown('schema', {}));
    expect(create({ sampler: 'ucb1' })).toThrow(thrown('unsupported', {}));
    expect(create({ sampler: 'dehb', wave: 3 })).toThrow(thrown('unsupported', {}));
    for (const full of [0, 1.5]) expect(create({ full })).toThrow(thrown('usage', {}));
    for (const more of [
      { sampler: { name: 'cma-es' } },
      { space: { name: 'x' } },
      { seed: undefined },
      { seed: NaN },
      { foo: 2 },
    ] as readonly object[]) {
      expect(create(more)).toThrow(thrown('usage', {}));
    }
    expect(() => createOptimizer(undefined as never)).toThrow(thrown('usage', {}));
    for (const wave of [0, 1.5, NaN, Infinity]) expect(create({ wave })).toThrow(thrown('usage', {}));
    for (const trials of [-1, 0.5]) expect(create({ trials })).toThrow(thrown('usage', {}));
  });

  it('goes on with the options that it began with, and only where its state is whole and of this space', () => {
    const optimizer = createOptimizer({
      sampler: 'thompson',
      space: mixedSpace,
      seed: 3,
      options: { arm: 'warm' },
    });
    for (let trial = 0; trial < 4; trial++) optimizer.ask();
    optimizer.tell(1, 0.5);
    const saved = (): ReturnType<Optimizer['toJSON']> => structuredClone(optimizer.toJSON());
    expect(saved().options).toEqual({ arm: 'warm', inner: 'refine' });
    expect(restarted(optimizer, mixedSpace).toJSON()).toEqual(saved());
    expect(() => resumeOptimizer(saved(), space)).toThrow(thrown('study', { expected: space.hash }));
    const damaged = (change: (state: Record<string, never>) => void) => () => {
      const state = saved() as unknown as Record<string, never>;
      change(state);
      resumeOptimizer(state, mixedSpace);
    };
    const proposals = (state: Record<string, unknown>): Record<string, unknown>[] =>
      state['proposals'] as Record<string, unknown>[];
    for (const change of [
      (state: Record<string, unknown>) => (state['asked'] = 5),
      (state: Record<string, unknown>) => (state['asked'] = 1),
      (state: Record<string, unknown>) => (proposals(state)[3]!['wave'] = 2),
      (state: Record<string, unknown>) => (proposals(state)[3]!['wave'] = 1),
      (state: Record<string, unknown>) => (proposals(state)[0]!['wave'] = 1),
    ]) {
      expect(damaged(change)).toThrow(thrown('study', { message: 'the saved optimizer contradicts itself' }));
    }
    for (const change of [
      (state: Record<string, unknown>) => delete state['seed'],
      (state: Record<string, unknown>) => (state['format'] = 'lossmith-optimizer-0'),
      (state: Record<string, unknown>) => (state['more'] = 1),
      (state: Record<string, unknown>) => (state['options'] = { arm: 'warm', iner: 'random' }),
      (state: Record<string, unknown>) => (proposals(state)[0]!['curve'] = ['1']),
    ]) {
      expect(damaged(change)).toThrow(thrown('schema', {}));
    }
    expect(() => resumeOptimizer('{}', mixedSpace)).toThrow(thrown('schema', {}));
  });

  it('refuses a state that its sampler would not have come to', () => {
    const state = (told: number): ReturnType<Optimizer['toJSON']> => {
      const optimizer = createOptimizer({ sampler: 'cma-es', space, seed: 5, wave: 4 });
      for (let trial = 0; trial < told; trial++) {
        const { assignment } = optimizer.ask()!;
        optimizer.tell(trial, anyObjective(assignment));
      }
      optimizer.ask();
      return JSON.parse(JSON.stringify(optimizer)) as never;
    };
    for (const told of [0, 3, 24]) expect(() => resumeOptimizer(state(told), space)).not.toThrow();
    const name = Object.keys(state(0).proposals[0]!.assignment)[0]!;
    const changes: readonly ((saved: {
      -readonly [Key in keyof ReturnType<typeof state>]: never;
    }) => void)[] = [
      ...[{ [name]: 99 }, {}, { [name]: 'foo' }, { [name]: 0.125 }, { [name]: 0.125, more: 1 }].map(
        (assignment) => (saved: Record<string, never>) =>
          Object.assign(saved['proposals']![0], { assignment }),
      ),
      (saved) => (saved.seed = '6' as never),
      (saved) => (saved.exhausted = true as never),
      (saved) => Object.assign(saved.proposals[0], { curve: [-1e6] }),
    ];
    for (const change of changes) {
      const saved = state(24);
      change(saved as never);
      expect(() => resumeOptimizer(saved, space)).toThrow(
        thrown('study', { message: 'the saved optimizer contradicts itself' }),
      );
    }
    const changed = state(24);
    changed.proposals[0]!.assignment = { [name]: 99 };
    expect(() => resumeOptimizer(changed, space)).toThrow(
      thrown('study', { found: `trial 0 with {"${name}":99}` }),
    );
  });
});
