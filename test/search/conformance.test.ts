import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { checkSampler } from '../../src/search/check-sampler.js';
import { random } from '../../src/search/random.js';
import { plannedRounds } from '../../src/search/rounds.js';
import { builtinSamplers } from '../../src/search/registry.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment, Entry, EntryValue, Space } from '../../src/space/space.js';
import { deepFreeze } from './support/deep-freeze.js';
import { withValue } from './support/observation.js';
import { runSearch } from './support/run.js';
import {
  anyObjective,
  expressionInheritedNamesSpace,
  inheritedNamesSpace,
  numericInheritedNamesSpace,
  ownHistory,
  spaceFor,
  trialsOf,
  adjustableInheritedNamesSpace,
  worksOn,
} from './support/scenario.js';
import { testSpace, type TestEntry } from './support/space.js';

const KINDS: Readonly<Record<string, (name: string) => TestEntry>> = {
  float: (name) => ({ name, kind: 'float', low: -2, high: 3 }),
  'log float': (name) => ({ name, kind: 'float', low: 1e-5, high: 10, log: true }),
  'single float': (name) => ({ name, kind: 'float', low: 0.3, high: 0.3 }),
  int: (name) => ({ name, kind: 'int', low: -1, high: 6 }),
  'single int': (name) => ({ name, kind: 'int', low: 4, high: 4 }),
  categorical: (name) => ({ name, kind: 'categorical', choices: ['a', 2, true] }),
  'single choice': (name) => ({ name, kind: 'categorical', choices: ['only'] }),
  simplex: (name) => ({ name, kind: 'simplex', parts: 4 }),
  expression: (name) => ({
    name,
    kind: 'expression',
    variables: ['p', 't'],
    operators: ['sub', 'mul', 'log'],
    constants: { low: 0, high: 1 },
    maxDepth: 3,
    maxSize: 7,
  }),
  'conditional on an int': (name) => ({
    name,
    kind: 'float',
    low: 0,
    high: 1,
    when: [{ entry: 'switch', oneOf: [1] }],
  }),
};

/** Samplers that draw nothing. */
const SEEDLESS = new Set(['grid', 'look-ahead']);

/** Samplers that fit a model to all trials anew for each wave: asked less often, and on a history of random draws. */
const DEAR = new Set(['gaussian-process']);

const SWITCH: TestEntry = { name: 'switch', kind: 'int', low: 0, high: 1 };

/** Spaces of every pair of entry kinds. */
const pairSpaces: readonly (readonly [string, Space])[] = Object.entries(KINDS).flatMap(
  ([first, one], index) =>
    Object.entries(KINDS)
      .slice(index)
      .map(([second, other]): [string, Space] => [
        `${first} and ${second}`,
        testSpace([
          ...(`${first} ${second}`.includes('conditional') ? [SWITCH] : []),
          one('left'),
          other('right'),
        ]),
      ]),
);

function isValueOf(entry: Entry, value: EntryValue): boolean {
  switch (entry.kind) {
    case 'float':
    case 'int': {
      const low = entry.decode([0]) as number;
      const high = entry.decode([1]) as number;
      const fits = typeof value === 'number' && value >= low && value <= high;
      return fits && (entry.kind === 'float' || Number.isInteger(value));
    }
    case 'categorical':
      return entry.choices!.some((choice) => choice === value);
    case 'expression':
      return typeof value === 'string' && entry.decode(entry.encode(value)) === value;
    case 'simplex': {
      const weights = value as readonly number[];
      const sum = weights.reduce((acc, weight) => acc + weight, 0);
      return (
        weights.length === entry.dimensions + 1 &&
        weights.every((weight) => weight >= 0) &&
        Math.abs(sum - 1) < 1e-9
      );
    }
  }
}

function expectValid(space: Space, assignment: Assignment): void {
  const active = space.entries.filter((entry) => space.isActive(entry, assignment));
  expect(Object.keys(assignment)).toEqual(active.map(({ name }) => name));
  for (const entry of active) {
    const value = assignment[entry.name]!;
    expect(isValueOf(entry, value), `${entry.name} = ${JSON.stringify(value)}`).toBe(true);
  }
}

const defaults = (sampler: AnySampler): never => sampler.schema.parse({}) as never;

const propose = (
  sampler: AnySampler,
  history: readonly Observation[],
  count: number,
  seed = 'study/1',
): readonly Assignment[] => {
  const wave = (history.at(-1)?.wave ?? -1) + 1;
  const options = defaults(sampler);
  const space = spaceFor(sampler);
  const round = sampler.rounds?.round({ options, space, full: 4, index: wave });
  return sampler.propose({
    ...{ options, space, seed, history, wave, full: 4 },
    ...{ firstTrial: history.length, count: round?.trials ?? count },
  });
};

describe.each(builtinSamplers.members.map((sampler) => [sampler.name, sampler] as const))(
  '%s',
  (name, sampler) => {
    it('has a name, a summary, a source, and strict options with defaults', () => {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(sampler.summary).not.toBe('');
      expect(sampler.source).not.toBe('');
      expect(sampler.schema.safeParse({}).success).toBe(true);
      expect(sampler.schema.safeParse({ noSuchOption: 1 }).success).toBe(false);
    });

    it('proposes values of active entries only, for every pair of entry kinds, or says why not', () => {
      let accepted = 0;
      for (const [label, space] of pairSpaces) {
        if (worksOn(sampler, space)) {
          accepted++;
          const run = runSearch({
            sampler,
            space,
            seed: label,
            trials: 21,
            waveSize: 7,
            objective: anyObjective,
          });
          for (const { assignment } of run) expectValid(space, assignment);
          const most = trialsOf(sampler, space, 21);
          expect(run.length, label).toBe(name === 'grid' ? Math.min(most, run.length) : most);
          continue;
        }
        const error = capture(() => checkSampler(sampler, space, defaults(sampler), builtinSamplers.members));
        expect(error, label).toBeInstanceOf(UserError);
        expect((error as UserError).code).toBe('unsupported');
        const line = renderUserError(error as UserError);
        expect(line).toContain(name);
        const able = builtinSamplers.members.filter((other) => worksOn(other, space));
        expect(line).toContain(`one of the samplers ${able.map((other) => other.name).join(', ')}`);
      }
      expect(accepted).toBeGreaterThan(0);
    });

    it('proposes valid points on a conditional space, over many waves', () => {
      const space = spaceFor(sampler);
      for (const { assignment } of ownHistory(sampler, 'valid', 120)) expectValid(space, assignment);
    });

    it('survives a JSON round trip', () => {
      const assignments = ownHistory(sampler, 'json', 30).map(({ assignment }) => assignment);
      expect(JSON.parse(JSON.stringify(assignments))).toEqual(assignments);
    });

    it('goes on when every trial fails', () => {
      const space = spaceFor(sampler);
      const run = runSearch({ sampler, space, seed: 'fail', trials: 80, objective: () => Infinity });
      expect(run).toHaveLength(trialsOf(sampler, space, 80));
      for (const { assignment } of run) expectValid(space, assignment);
      expect(
        new Set(run.slice(-20).map(({ assignment }) => JSON.stringify(assignment))).size,
      ).toBeGreaterThan(4);
    });

    it('does what the seed says: equal seeds agree, others differ', () => {
      const seeded = (seed: string): readonly Assignment[] =>
        ownHistory(sampler, seed, 50).map(({ assignment }) => assignment);
      expect(seeded('study/1')).toEqual(seeded('study/1'));
      if (SEEDLESS.has(name)) expect(seeded('study/2')).toEqual(seeded('study/1'));
      else expect(seeded('study/2')).not.toEqual(seeded('study/1'));
    });

    it('depends on what the history says, not on which objects say it', () => {
      const history = ownHistory(sampler, 'study/1', 60);
      const expected = propose(sampler, history, 6);
      expect(propose(sampler, structuredClone(history), 6)).toEqual(expected);
      expect(propose(sampler, [...history], 6)).toEqual(expected);
      expect(propose(sampler, history, 6)).toEqual(expected);
    });

    it('says the same as the history grows, branches and is cut, whatever it remembers', () => {
      const dear = DEAR.has(name);
      const history = dear
        ? runSearch({
            ...{ sampler: random, space: spaceFor(sampler), seed: 'study/1', trials: 120 },
            objective: anyObjective,
          })
        : ownHistory(sampler, 'study/1', 120);
      const branch = history.map((one) => (one.trial < 88 ? one : withValue(one, 1 - one.trial / 120)));
      // No step is longer than the 64 trials by which standings go on from what they were.
      const steps = dear ? [104, 120] : [64, 72, 80, 88, 96, 104, 112, 120];
      const asked: readonly (readonly [readonly Observation[], number])[] = [
        ...steps.map((end) => [history, end] as const),
        [branch, 120],
        [history, 76],
        ...(dear ? [] : [[history, 92] as const, [branch, 104] as const]),
      ];
      for (const [list, end] of asked) {
        // Whole waves, as a study tells them.
        const told = list.filter(({ wave }) => wave < (list[end]?.wave ?? Infinity));
        expect(propose(sampler, told, 6), `${end}`).toEqual(propose(sampler, structuredClone(told), 6));
      }
    });

    it('changes nothing that it is given', () => {
      const history = deepFreeze(ownHistory(sampler, 'study/1', 60));
      const request = deepFreeze({ history, options: defaults(sampler) });
      expect(() =>
        sampler.propose({
          options: request.options,
          space: spaceFor(sampler),
          seed: 'study/1',
          history: request.history,
          wave: 99,
          firstTrial: history.length,
          count: 5,
        }),
      ).not.toThrow();
    });

    it.skipIf(sampler.rounds !== undefined)('gives as many as asked for', () => {
      const history = ownHistory(sampler, 'study/1', 24);
      for (const count of [0, 1, 2, 30]) expect(propose(sampler, history, count)).toHaveLength(count);
      expect(propose(sampler, [], 9)).toHaveLength(9);
    });

    it.skipIf(sampler.rounds === undefined)('plans rounds that fit together', () => {
      const space = spaceFor(sampler);
      for (const full of [1, 2, 5, 9]) {
        const history = runSearch({
          sampler,
          space,
          seed: 'rounds',
          trials: 150,
          objective: anyObjective,
          full,
        });
        let wave = 0;
        for (const round of plannedRounds({ sampler, options: defaults(sampler), space, full }, 150)) {
          expect(round.trials).toBeGreaterThanOrEqual(1);
          expect(round.from).toBeLessThan(round.fidelity);
          expect(round.from).toBeGreaterThanOrEqual(0);
          expect(round.fidelity).toBeLessThanOrEqual(full);
          const own = history.filter((one) => one.wave === wave);
          expect(own).toHaveLength(round.trials);
          for (const { curve } of own) expect(curve).toHaveLength(round.fidelity);
          if (round.from > 0) {
            const firstTrial = own[0]!.trial;
            const parents = sampler.rounds!.parents({
              ...{ options: defaults(sampler), space, seed: 'rounds', wave, full, firstTrial },
              ...{ history: history.slice(0, firstTrial), count: round.trials },
            });
            expect(parents).toHaveLength(round.trials);
            own.forEach(({ assignment }, place) => {
              const parent = history[parents[place]!]!;
              expect(parent.trial).toBeLessThan(firstTrial);
              expect(parent.curve).toHaveLength(round.from);
              // Only what may change during a training changes.
              for (const entry of space.entries) {
                if (space.adjustable.includes(entry.name)) continue;
                expect(assignment[entry.name]).toEqual(parent.assignment[entry.name]);
              }
            });
          }
          wave++;
        }
        expect(history.at(-1)!.wave).toBe(wave - 1);
      }
    });

    it.skipIf(sampler.rounds !== undefined)(
      'takes waves of any size, failures, and trials of any fidelity',
      () => {
        const space = spaceFor(sampler);
        fc.assert(
          fc.property(
            fc.array(
              fc.array(fc.array(fc.constantFrom(0, 1, 2, Infinity), { minLength: 1, maxLength: 3 }), {
                minLength: 1,
                maxLength: 30,
              }),
              { maxLength: 5 },
            ),
            (waves) => {
              const history: Observation[] = [];
              waves.forEach((outcomes, wave) => {
                const assignments = propose(sampler, history, outcomes.length, 'any');
                const firstTrial = history.length;
                assignments.forEach((assignment, index) => {
                  expectValid(space, assignment);
                  const curve = outcomes[index]!;
                  history.push({ trial: firstTrial + index, wave, assignment, value: curve.at(-1)!, curve });
                });
              });
            },
          ),
          { numRuns: 15, seed: 1 },
        );
      },
    );

    it('searches entries called as what every object inherits', () => {
      const space = [
        inheritedNamesSpace,
        numericInheritedNamesSpace,
        adjustableInheritedNamesSpace,
        expressionInheritedNamesSpace,
      ].find((one) => worksOn(sampler, one))!;
      const run = runSearch({
        sampler,
        space,
        seed: 'names',
        trials: 60,
        waveSize: 5,
        objective: anyObjective,
      });
      for (const { assignment } of run) expectValid(space, assignment);
    });

    it('has a wave size of at least 1', () => {
      const size = sampler.waveSize(spaceFor(sampler), defaults(sampler));
      expect(Number.isInteger(size) && size >= 1).toBe(true);
    });
  },
);

it('proposes the same in another process', () => {
  const script = new URL('support/print-proposals.ts', import.meta.url).pathname;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', script, 'study/7', '60'], {
    encoding: 'utf8',
  });
  const here = builtinSamplers.members.map((sampler) => [
    sampler.name,
    ownHistory(sampler, 'study/7', 60).map(({ assignment }) => assignment),
  ]);
  expect(JSON.parse(printed)).toEqual(here);
});

function capture(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
