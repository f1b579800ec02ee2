import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import { random } from '../../src/search/random.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import { experimentHash } from '../../src/study/experiment.js';
import { experimentText } from '../../src/study/experiment-text.js';
import { loadExperiment, type LoadedExperiment } from '../../src/study/load-experiment.js';
import { priorObservations, startFromText } from '../../src/study/start-from.js';
import { scoreOf } from '../../src/study/read-outcome.js';
import type { TrialRecord } from '../../src/study/trial-record.js';
import { freshFolder } from '../support/lossmith.js';
import { loadSmall, ofArm, runSmall, type SmallRun } from './support/small-study.js';

const folder = freshFolder();
let former: SmallRun;
let metric: string;

beforeAll(async () => {
  const loaded = await loadSmall('{ trials: 20, wave: 5, sampler: sobol }', folder);
  metric = loaded.experiment.metrics[0]!.key;
  former = await runSmall(loaded, 1, 1, 0, join(folder, 'former'));
});

const SEARCH = '{ trials: 12, wave: 4, sampler: regularized-evolution, startFrom: former }';
const sampled = (run: SmallRun): readonly TrialRecord[] => [...ofArm(run, 'search'), ...ofArm(run, 'random')];
const scoreIn = ({ outcome }: TrialRecord): number => scoreOf(outcome, metric) ?? -Infinity;

/** The same experiment with the narrower range of one entry. */
const narrow = (text: string): string => text.replace('low: 0, high: 5', 'low: 0, high: 2');

async function problem(search: string, change?: (text: string) => string): Promise<string> {
  const error: unknown = await loadSmall(search, folder, change).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return renderUserError(error as UserError);
}

describe('a search that starts from an earlier study', () => {
  it('tries its best points first, and knows all of its trials in their order, with failures', async () => {
    const loaded = await loadSmall(SEARCH, folder);
    const { startFrom } = loaded.experiment.search;
    const all = sampled(former);
    expect(all).toHaveLength(40);
    expect(startFrom!.origin).toMatchObject({
      trials: 40,
      experimentHash: former.provenance.experimentHash,
      metric,
    });
    expect(new Set(startFrom!.trials.map(({ assignment }) => JSON.stringify(assignment)))).toEqual(
      new Set(all.map(({ assignment }) => JSON.stringify(assignment))),
    );
    const failed = all.filter(({ outcome }) => outcome.state === 'diverged').length;
    expect(failed).toBeGreaterThan(0);
    const prior = priorObservations(startFrom!);
    expect(prior.filter(({ value }) => value === Infinity)).toHaveLength(failed);
    expect(prior.map(({ trial }) => trial)).toEqual(all.map((_, index) => index));
    const best = [...all].sort((a, b) => scoreIn(b) - scoreIn(a)).slice(0, 4);
    const run = await runSmall(loaded);
    expect(
      ofArm(run, 'search')
        .slice(0, 4)
        .map(({ assignment }) => assignment),
    ).toEqual(best.map(({ assignment }) => assignment));
    // The control knows nothing: it draws what it draws without the earlier study.
    const without = await runSmall(
      await loadSmall('{ trials: 12, wave: 4, sampler: regularized-evolution }', folder),
    );
    const points = (one: SmallRun): unknown => ofArm(one, 'random').map(({ assignment }) => assignment);
    expect(points(run)).toEqual(points(without));
  });

  it('gives samplers the earlier trials as prior, beside their own history, in the search alone', async () => {
    const seen: { prior: readonly Observation[] | undefined; told: number; enqueued: number | undefined }[] =
      [];
    const curious: AnySampler = {
      ...(random as AnySampler),
      name: 'curious',
      propose: (request) => {
        seen.push({ prior: request.prior, told: request.history.length, enqueued: request.enqueued });
        return random.propose(request as never);
      },
    };
    const loaded = await loadSmall(SEARCH, folder);
    const mine: LoadedExperiment = {
      ...loaded,
      registries: { ...loaded.registries, samplers: loaded.registries.samplers.with([curious]) },
      experiment: {
        ...loaded.experiment,
        search: { ...loaded.experiment.search, sampler: { name: 'curious', options: {} } },
      },
    };
    await runSmall(mine);
    expect(seen.map(({ told, enqueued }) => [told, enqueued])).toEqual([
      [4, 4],
      [8, 4],
    ]);
    for (const { prior } of seen)
      expect(prior).toEqual(priorObservations(loaded.experiment.search.startFrom!));
  });

  it('takes only what lies in its own space, and says how much that is', async () => {
    const { experiment } = await loadSmall(SEARCH, folder, narrow);
    const { trials, origin, enqueue } = experiment.search.startFrom!;
    const inside = sampled(former).filter(({ assignment }) => !((assignment!['gamma'] as number) > 2));
    expect(inside.length).toBeLessThan(40);
    expect(trials.map(({ assignment }) => assignment)).toEqual(
      [...inside].sort((a, b) => a.trial - b.trial).map(({ assignment }) => assignment),
    );
    for (const point of enqueue) expect(point['gamma'] ?? 0).toBeLessThanOrEqual(2);
    expect(startFromText(experiment.search.startFrom!, origin.splitHash)).toContain(
      `on the same split): ${inside.length} of its 40 trials lie in this space`,
    );
    expect(startFromText(experiment.search.startFrom!, 'other')).toContain('on another split');
  });

  it('is not misled by names: a space that means something else by them shares no point', async () => {
    const other = (text: string): string =>
      text
        .replace('name: focal', 'name: focal-tversky')
        .replace('name: poly-1', 'name: symmetric-cross-entropy')
        .replace('epsilon: $epsilon', 'alpha: $epsilon')
        .replace('low: -1', 'low: 0.01');
    expect(await problem(SEARCH, other)).toMatch(
      /small\.yaml:\d+:\d+: search\.startFrom: none of its trials lies in the space \(found 40 trials of the study "small", expected a study of this space/,
    );
  });

  it('needs the earlier study no more once it has begun: the same bytes for any workers, kills, and without it', async () => {
    const place = freshFolder();
    await runSmall(await loadSmall('{ trials: 8, sampler: sobol }', place), 1, 1, 0, join(place, 'former'));
    const loaded = await loadSmall(SEARCH, place);
    const { csv } = await runSmall(loaded);
    rmSync(join(place, 'former'), { recursive: true });
    expect((await runSmall(loaded, 9, 4, 3)).csv).toBe(csv);

    // experiment.yaml as run holds all of it: it resolves to the same experiment, and the same bytes.
    const file = join(place, 'again.yaml');
    writeFileSync(file, experimentText(loaded.experiment, []));
    const again = await loadExperiment(file, [], 'search');
    expect(again.experiment).toEqual(loaded.experiment);
    expect(experimentHash(again.experiment)).toBe(experimentHash(loaded.experiment));
    expect((await runSmall(again)).csv).toBe(csv);
  });

  it('may name a table of the study, choose how many points come first, and put its own before them', async () => {
    const table = join(folder, 'former/trials.csv');
    writeFileSync(table, former.csv);
    const of = async (search: string): Promise<LoadedExperiment['experiment']['search']> =>
      (await loadSmall(search, folder)).experiment.search;
    const whole = await of(SEARCH);
    expect(await of(SEARCH.replace('former', 'former/trials.csv'))).toEqual(whole);
    const two = await of(SEARCH.replace('former', '{ study: former, top: 2 }'));
    expect(two.startFrom!.enqueue).toEqual(whole.startFrom!.enqueue.slice(0, 2));
    expect((await of(SEARCH.replace('former', '{ study: former, top: 0 }'))).startFrom!.enqueue).toEqual([]);
    const own = '{ trials: 3, startFrom: former, enqueue: [{ family: focal, gamma: 1 }] }';
    const run = await runSmall(await loadSmall(own, folder));
    expect(ofArm(run, 'search').map(({ assignment }) => assignment)).toEqual([
      { family: 'focal', gamma: 1 },
      ...whole.startFrom!.enqueue.slice(0, 2),
    ]);
  });

  it('changes the hash of an experiment, and only where it is there', async () => {
    const plain = (await loadSmall('{ trials: 12, wave: 4, sampler: regularized-evolution }', folder))
      .experiment;
    expect(plain.search).not.toHaveProperty('startFrom');
    expect(experimentHash((await loadSmall(SEARCH, folder)).experiment)).not.toBe(experimentHash(plain));
  });

  it.each([
    ['absent', /search\.startFrom: no such folder \(found absent, expected the folder of a study\)/],
    ['.', /search\.startFrom: no study: the folder holds no study\.db \(found \./],
    ['lonely.csv', /search\.startFrom: no study beside the table: there is no study\.db/],
    ['{ study: absent }', /search\.startFrom\.study: no such folder/],
    ['{ top: 3 }', /search\.startFrom: what to start from is not said \(found top, expected study: FOLDER\)/],
    ['{ study: former, trials: [] }', /search\.startFrom: either a study or what was read of one/],
    ['{ study: former, tpo: 3 }', /search\.startFrom.*tpo/],
    [
      '{ origin: { study: x, experimentHash: a, splitHash: b, seed: 1, metric: auroc, trials: 1 }, enqueue: [{ family: focal }], trials: [] }',
      /search\.startFrom\.enqueue\.0: not a point of the space \(found family, expected a value of each active entry/,
    ],
  ])('says where it cannot: %s', async (startFrom, message) => {
    writeFileSync(join(folder, 'lonely.csv'), former.csv);
    expect(await problem(`{ trials: 12, startFrom: ${startFrom} }`)).toMatch(message);
  });

  it('refuses scores that rank the other way round', async () => {
    const other = (text: string): string => `${text}metrics: [log-loss]\n`;
    expect(await problem(SEARCH, other)).toMatch(
      /search\.startFrom: its scores rank the other way round \(found .* \(maximize\), expected a metric to minimize, as log-loss\)/,
    );
  });
});
