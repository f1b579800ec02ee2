import { describe, expect, it } from 'vitest';
import { cmaEs } from '../../src/search/cma-es.js';
import { createReplayCache } from '../../src/search/replay-cache.js';
import type { Observation } from '../../src/search/sampler.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation as observe, withValue } from './support/observation.js';
import { runSearch } from './support/run.js';
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
