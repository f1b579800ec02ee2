import { cmaDistribution, cmaEs } from '../../../src/search/cma-es.js';
import type { nes } from '../../../src/search/nes.js';
import { replaySearch } from '../../../src/search/normal-search/search.js';
import type { SearchState } from '../../../src/search/normal-search/search-state.js';
import type { Observation } from '../../../src/search/sampler.js';
import type { Assignment, Space } from '../../../src/space/space.js';
import { runSearch } from './run.js';
import type { TestEntry } from './space.js';

/** State of cma-es after a history. */
export const stateOf = (
  space: Space,
  history: readonly Observation[],
  given: Readonly<Record<string, unknown>> = {},
  prior: readonly Observation[] = [],
): SearchState => {
  const options = cmaEs.schema.parse(given);
  const start = cmaDistribution(options);
  return replaySearch({
    name: 'cma-es',
    bounds: options.bounds,
    start,
    options,
    space,
    seed: 's',
    history,
    prior,
  });
};

/** `entries` categorical entries of `count` choices each, k0 and so on. */
export const categories = (entries: number, count: number): TestEntry[] =>
  Array.from({ length: entries }, (_, index) => ({
    name: `c${index}`,
    kind: 'categorical',
    choices: Array.from({ length: count }, (__, choice) => `k${choice}`),
  }));

/** COM: how many categories do not have their first choice; numbers add their squared distance from 0.7. */
export const missed = (assignment: Assignment): number =>
  Object.values(assignment).reduce<number>(
    (sum, value) => sum + (typeof value === 'number' ? (value - 0.7) ** 2 : value === 'k0' ? 0 : 1),
    0,
  );

/** Evaluations until the value is at most `target`, sorted, over some seeds. */
export const evaluations = (
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

export const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
