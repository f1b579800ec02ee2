import { describe, expect, it } from 'vitest';
import { cmaEs } from '../../src/search/cma-es.js';
import { createReplayCache, replayHistory } from '../../src/search/replay-cache.js';
import { builtinSamplers } from '../../src/search/registry.js';
import type { Observation } from '../../src/search/sampler.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation as observe, withValue } from './support/observation.js';
import { runSearch } from './support/run.js';
import { ownHistory, spaceFor } from './support/scenario.js';
import { floatSpace } from './support/space.js';

const observation = (trial: number): Observation => observe(trial, 0);

describe('replay cache', () => {
  const space = floatSpace(1);
  const told = [observation(0), observation(1)];

  it('finds a replay that the history continues, and no other', () => {
    const cache = createReplayCache<string>();
    cache.store(space, 'key', { told, state: 'after two' });
    expect(cache.find(space, 'key', [...told, observation(2)])?.state).toBe('after two');
    expect(cache.find(space, 'key', told)?.state).toBe('after two');
    expect(cache.find(space, 'key', told.slice(0, 1))).toBeUndefined();
    expect(cache.find(space, 'key', [told[0]!, observation(1)])).toBeUndefined();
    expect(cache.find(space, 'other', told)).toBeUndefined();
    expect(cache.find(floatSpace(1), 'key', told)).toBeUndefined();
  });

  it('keeps the eight keys stored last', () => {
    const cache = createReplayCache<number>();
    for (let key = 0; key < 9; key++) cache.store(space, `${key}`, { told, state: key });
    expect(cache.find(space, '0', told)).toBeUndefined();
    expect(cache.find(space, '1', told)?.state).toBe(1);
    expect(cache.find(space, '8', told)?.state).toBe(8);
  });
});

describe('replaying a history', () => {
  const space = floatSpace(1);
  const list = Array.from({ length: 6 }, (_, trial) => observation(trial));

  /** Trials of a history, told to a list that is changed in place, and how many of them were told just now. */
  const tellTo = (cache: ReturnType<typeof createReplayCache<number[]>>, history: readonly Observation[]) => {
    let steps = 0;
    const state = replayHistory(
      cache,
      { space, key: 'key', history },
      () => [] as number[],
      (trials, { trial }) => {
        steps++;
        trials.push(trial);
        return trials;
      },
    );
    return { trials: [...state], steps };
  };

  it('tells each observation once as it grows, and all of them where it does not continue', () => {
    const cache = createReplayCache<number[]>();
    expect(tellTo(cache, list.slice(0, 4))).toEqual({ trials: [0, 1, 2, 3], steps: 4 });
    expect(tellTo(cache, list)).toEqual({ trials: [0, 1, 2, 3, 4, 5], steps: 2 });
    expect(tellTo(cache, list)).toEqual({ trials: [0, 1, 2, 3, 4, 5], steps: 0 });
    expect(tellTo(cache, list.slice(0, 3))).toEqual({ trials: [0, 1, 2], steps: 3 });
    const other = [...list.slice(0, 2), observation(9)];
    expect(tellTo(cache, other)).toEqual({ trials: [0, 1, 9], steps: 3 });
    other.push(observation(10));
    expect(tellTo(cache, other)).toEqual({ trials: [0, 1, 9, 10], steps: 1 });
    expect(tellTo(cache, [])).toEqual({ trials: [], steps: 0 });
  });
});

/** Samplers that change the state that they keep in place. */
describe.each(['differential-evolution', 'regularized-evolution', 'thompson', 'exp3', 'exp3-plus-plus'])(
  '%s with and without its cache',
  (name) => {
    it('proposes the same for every history, in any order of asking', () => {
      const sampler = builtinSamplers.get(name);
      const options = sampler.schema.parse({}) as never;
      const history = ownHistory(sampler, 'c', 96);
      const branch = history.map((one) => (one.trial >= 48 ? withValue(one, 1 - one.trial / 96) : one));
      const ends = [0, 16, 48, 32, 96, 64, 64, 96, 16];
      for (const end of ends) {
        for (const list of [history, branch]) {
          const told = list.slice(0, end);
          const request = {
            options,
            space: spaceFor(sampler),
            seed: 'c',
            wave: 90,
            firstTrial: end,
            count: 6,
          };
          expect(sampler.propose({ ...request, history: told })).toEqual(
            sampler.propose({ ...request, history: structuredClone(told) }),
          );
        }
      }
    });
  },
);

describe('cma-es with and without its cache', () => {
  const objective = (x: Observation['assignment']): number => sphere(0.4)(numbersOf(x));
  const options = cmaEs.schema.parse({});

  it('proposes the same at every wave', () => {
    const space = floatSpace(3);
    const history = runSearch({ sampler: cmaEs, space, seed: 's', trials: 140, objective });
    for (let wave = 0; wave < 20; wave++) {
      const prefix = history.slice(0, wave * 7);
      // A clone of every observation, and a space of its own: nothing that the cache could know.
      const replayed = cmaEs.propose({
        options,
        space: floatSpace(3),
        seed: 's',
        history: structuredClone(prefix),
        wave,
        firstTrial: prefix.length,
        count: 7,
      });
      expect(replayed).toEqual(history.slice(wave * 7, wave * 7 + 7).map(({ assignment }) => assignment));
    }
  });

  it('is not misled by a history that the caller goes on filling', () => {
    const space = floatSpace(2);
    const history: Observation[] = [];
    const request = { options, space, seed: 'grow', count: 6 };
    for (let wave = 0; wave < 3; wave++) {
      const firstTrial = history.length;
      cmaEs.propose({ ...request, history, wave, firstTrial }).forEach((assignment, index) => {
        history.push(observe(firstTrial + index, objective(assignment), { wave, assignment }));
      });
    }
    const next = { wave: 3, firstTrial: 18 };
    expect(cmaEs.propose({ ...request, ...next, history })).toEqual(
      cmaEs.propose({ ...request, ...next, space: floatSpace(2), history: structuredClone(history) }),
    );
  });

  it('branches where two histories share their beginning', () => {
    const space = floatSpace(2);
    const history = runSearch({ sampler: cmaEs, space, seed: 'b', trials: 18, objective });
    const other = history.map((one) => (one.wave === 2 ? withValue(one, -one.value) : one));
    const next = { options, space, seed: 'b', wave: 3, firstTrial: 18, count: 6 };
    const first = cmaEs.propose({ ...next, history });
    expect(cmaEs.propose({ ...next, history: other })).not.toEqual(first);
    expect(cmaEs.propose({ ...next, history })).toEqual(first);
  });
});
