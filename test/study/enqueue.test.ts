import { describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import { builtinSamplers } from '../../src/search/registry.js';
import { experimentHash } from '../../src/study/experiment.js';
import { mixedSpace, worksOn } from '../search/support/scenario.js';
import { loadSmall, ofArm, runSmall } from './support/small-study.js';

const POINTS =
  '[{ family: focal, gamma: 2 }, { family: poly-1 }, { family: focal, gamma: 2.5 }, {}, { family: poly-1, epsilon: 1 }]';

const search = (sampler: string): string =>
  `{ trials: 12, wave: 3, sampler: ${sampler}, enqueue: ${POINTS} }`;

describe('enqueued points', () => {
  it('are the first trials of the search, completed by draws, and of no other arm', async () => {
    const run = await runSmall(await loadSmall(search('regularized-evolution')));
    const points = ofArm(run, 'search').map(({ assignment }) => assignment!);
    expect(points).toHaveLength(12);
    expect(points[0]).toEqual({ family: 'focal', gamma: 2 });
    expect(points[1]).toEqual({ family: 'poly-1', epsilon: expect.any(Number) as number });
    expect(points[2]).toEqual({ family: 'focal', gamma: 2.5 });
    expect(Object.keys(points[3]!)).toHaveLength(2);
    expect(points[4]).toEqual({ family: 'poly-1', epsilon: 1 });
    for (const { assignment } of ofArm(run, 'random')) {
      expect([2, 2.5]).not.toContain(assignment!['gamma']);
    }
    expect(ofArm(run, 'random')).toHaveLength(12);
  });

  const taking = builtinSamplers.members.filter(
    (one) => one.rounds === undefined && worksOn(one, mixedSpace),
  );
  it.each(taking.map(({ name }) => [name]))(
    'serve the sampler %s, with the same bytes for any workers and after interruptions',
    async (sampler) => {
      const loaded = await loadSmall(search(sampler));
      const { csv } = await runSmall(loaded);
      expect((await runSmall(loaded, 5, 4, 2)).csv).toBe(csv);
    },
  );

  it('do not take the first places of a grid or of a Sobol sequence', async () => {
    for (const sampler of ['grid', 'sobol']) {
      const without = await runSmall(await loadSmall(`{ trials: 7, wave: 7, sampler: ${sampler} }`));
      const beside = await runSmall(await loadSmall(search(sampler)));
      const points = ofArm(beside, 'search').slice(5);
      expect(points.map(({ assignment }) => assignment)).toEqual(
        ofArm(without, 'search').map(({ assignment }) => assignment),
      );
    }
  });

  it('may be all trials of the search', async () => {
    const run = await runSmall(await loadSmall(`{ trials: 5, sampler: sobol, enqueue: ${POINTS} }`));
    expect(ofArm(run, 'search')).toHaveLength(5);
    expect(ofArm(run, 'search')[4]!.assignment).toEqual({ family: 'poly-1', epsilon: 1 });
  });

  it('change the hash of an experiment, and only where they are there', async () => {
    const plain = (await loadSmall('{ trials: 12 }')).experiment;
    expect(plain.search).not.toHaveProperty('enqueue');
    const given = (await loadSmall('{ trials: 12, enqueue: [{ family: focal }] }')).experiment;
    expect(given.search.enqueue).toEqual([{ family: 'focal' }]);
    expect(experimentHash(given)).not.toBe(experimentHash(plain));
  });

  it.each([
    ['[{ famly: focal }]', /small\.yaml:\d+:\d+: search\.enqueue\.0\.famly: .*did you mean "family"/],
    [
      '[{ family: focal }, { family: focal, gamma: 9 }]',
      /search\.enqueue\.1\.gamma: .*found 9, expected a number in 0 … 5/,
    ],
    ['[{ gamma: 2 }]', /search\.enqueue\.0\.gamma: "gamma" is not active here/],
    ['[focal]', /search\.enqueue\.0: /],
    [
      '[{}, {}, {}]',
      /search\.enqueue: more points than the search has trials \(found 3 points, expected at most 2\)/,
    ],
  ])('are refused at their place: %s', async (points, message) => {
    const error: unknown = await loadSmall(`{ trials: 2, enqueue: ${points} }`).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(renderUserError(error as UserError)).toMatch(message);
  });
});
