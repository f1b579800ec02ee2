import { describe, expect, it } from 'vitest';
import { cmaEs } from '../../../src/search/cma-es.js';
import { nes } from '../../../src/search/nes.js';
import type { Assignment } from '../../../src/space/space.js';
import { categories, missed, stateOf } from '../support/choices.js';
import { observation } from '../support/observation.js';
import { bestValue, runSearch } from '../support/run.js';
import { testSpace } from '../support/space.js';

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

  it.each([
    { sampler: cmaEs, restart: 'ipop' },
    { sampler: cmaEs, restart: 'bipop' },
    { sampler: nes, restart: 'ipop' },
  ])('has nothing that `sigma` could say: $sampler.name with $restart', ({ sampler, restart }) => {
    const six = testSpace(categories(6, 5));
    const run = (sigma: number): readonly Assignment[] =>
      runSearch({
        ...{ sampler, space: six, seed: 's', trials: 700, objective: missed },
        options: { restart, sigma },
      }).map(({ assignment }) => assignment);
    expect(run(1e-5)).toEqual(run(1 / 6));
  });

  it('does not end a run for the length of its first step', () => {
    const six = testSpace(categories(6, 5));
    const options = { sigma: 1e-5 };
    const history = runSearch({
      ...{ sampler: cmaEs, space: six, seed: 's', trials: 180, objective: missed },
      options,
    });
    // Twenty generations of 9, fewer than the 30 that have to be flat.
    const { run, progress } = stateOf(six, history, options);
    expect([run.restarts, progress.generations]).toEqual([0, 20]);
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
