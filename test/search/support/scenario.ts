import { plannedRounds } from '../../../src/search/rounds.js';
import type { AnySampler, Observation } from '../../../src/search/sampler.js';
import type { Assignment, Space } from '../../../src/space/space.js';
import { runSearch } from './run.js';
import { testSpace } from './space.js';

/** Numeric entries, one of them conditional: every sampler but the bandits works on it. */
export const numericSpace = testSpace([
  { name: 'gamma', kind: 'float', low: 0, high: 5 },
  { name: 'rate', kind: 'float', low: 1e-4, high: 1, log: true },
  { name: 'terms', kind: 'int', low: 1, high: 4 },
  { name: 'extra', kind: 'float', low: -1, high: 1, when: [{ entry: 'terms', oneOf: [3, 4] }] },
  { name: 'weights', kind: 'simplex', parts: 3 },
]);

/** Everything a space can hold: categories, nested conditions, single values. */
export const mixedSpace = testSpace([
  { name: 'family', kind: 'categorical', choices: ['focal', 'poly', 'tversky'] },
  { name: 'gamma', kind: 'float', low: 0, high: 5, when: [{ entry: 'family', oneOf: ['focal'] }] },
  { name: 'terms', kind: 'int', low: 1, high: 4, when: [{ entry: 'family', oneOf: ['poly'] }] },
  {
    name: 'slope',
    kind: 'float',
    low: 0.01,
    high: 10,
    log: true,
    when: [
      { entry: 'family', oneOf: ['poly'] },
      { entry: 'terms', oneOf: [2, 3, 4] },
    ],
  },
  { name: 'warm', kind: 'categorical', choices: [true, false] },
  { name: 'fixed', kind: 'float', low: 2, high: 2 },
  { name: 'weights', kind: 'simplex', parts: 3 },
]);

/** A formula, a number that always counts, and one that counts only sometimes. */
export const expressionSpace = testSpace([
  {
    name: 'formula',
    kind: 'expression',
    variables: ['p', 't'],
    operators: ['add', 'sub', 'mul', 'div', 'log', 'square', 'neg'],
    constants: { low: -2, high: 2 },
    maxDepth: 4,
    maxSize: 11,
  },
  { name: 'rate', kind: 'float', low: 1e-4, high: 1, log: true },
  { name: 'warm', kind: 'categorical', choices: [true, false] },
  { name: 'steps', kind: 'int', low: 1, high: 4, when: [{ entry: 'warm', oneOf: [true] }] },
]);

/** Entries called as properties that every object inherits, most of them conditional. */
export const numericInheritedNamesSpace = testSpace([
  { name: 'valueOf', kind: 'int', low: 1, high: 3 },
  { name: 'constructor', kind: 'float', low: 0, high: 5, when: [{ entry: 'valueOf', oneOf: [1] }] },
  { name: 'toString', kind: 'simplex', parts: 3, when: [{ entry: 'valueOf', oneOf: [2] }] },
]);
export const adjustableInheritedNamesSpace = testSpace([
  { name: 'valueOf', kind: 'int', low: 1, high: 3 },
  { name: 'constructor', kind: 'float', low: 0, high: 5 },
  { name: 'toString', kind: 'simplex', parts: 3 },
]);
export const inheritedNamesSpace = testSpace([
  { name: 'hasOwnProperty', kind: 'categorical', choices: ['a', 'b'] },
  { name: 'valueOf', kind: 'int', low: 1, high: 3, when: [{ entry: 'hasOwnProperty', oneOf: ['a'] }] },
  { name: 'constructor', kind: 'float', low: 0, high: 5, when: [{ entry: 'valueOf', oneOf: [1] }] },
  {
    name: 'toString',
    kind: 'categorical',
    choices: [1, 2],
    when: [{ entry: 'hasOwnProperty', oneOf: ['b'] }],
  },
]);

export const expressionInheritedNamesSpace = testSpace([
  { name: 'valueOf', kind: 'int', low: 1, high: 3 },
  {
    name: 'constructor',
    kind: 'expression',
    variables: ['r'],
    operators: ['add', 'mul', 'abs', 'sqrt'],
    maxDepth: 3,
    maxSize: 7,
    when: [{ entry: 'valueOf', oneOf: [1] }],
  },
  { name: 'toString', kind: 'simplex', parts: 3, when: [{ entry: 'valueOf', oneOf: [2] }] },
]);

/** Some objective of any assignment, in [0, 1), or +Infinity for about one in four. */
export function anyObjective(assignment: Assignment): number {
  const sum = Object.values(assignment)
    .flat()
    .reduce<number>((acc, value) => acc + (typeof value === 'number' ? value : String(value).length), 0);
  const part = Math.abs(sum * 7.3) % 1;
  return part < 0.25 ? Infinity : part;
}

export const worksOn = (sampler: AnySampler, space: Space): boolean => {
  try {
    sampler.check(space, sampler.schema.parse({}) as never);
    return true;
  } catch {
    return false;
  }
};

/** Numbers that may change during a training, and nothing else. */
export const adjustableSpace = testSpace([
  { name: 'gamma', kind: 'float', low: 0, high: 5 },
  { name: 'scale', kind: 'float', low: 1e-3, high: 10, log: true },
  { name: 'terms', kind: 'int', low: -2, high: 6 },
  { name: 'weights', kind: 'simplex', parts: 3 },
  { name: 'fixed', kind: 'float', low: 2, high: 2 },
]);

/** The space on which a sampler is tried: the first of these on which it works, the mixed one where it can. */
export const spaceFor = (sampler: AnySampler): Space =>
  [mixedSpace, numericSpace, adjustableSpace, expressionSpace].find((space) => worksOn(sampler, space))!;

/** Trials that a sampler makes of a budget: whole rounds only where it plans them itself. */
export function trialsOf(sampler: AnySampler, space: Space, trials: number, full = 4): number {
  if (sampler.rounds === undefined) return trials;
  const options: unknown = sampler.schema.parse({});
  return [...plannedRounds({ sampler, options, space, full }, trials)].reduce(
    (sum, round) => sum + round.trials,
    0,
  );
}
/** A history of the sampler's own making. */
export const ownHistory = (sampler: AnySampler, seed: string, trials: number): Observation[] =>
  runSearch({ sampler, space: spaceFor(sampler), seed, trials, objective: anyObjective });
