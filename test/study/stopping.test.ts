import { describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import { experimentHash } from '../../src/study/experiment.js';
import { searchEnd } from '../../src/study/stopping.js';
import { loadSmall, ofArm, runSmall } from './support/small-study.js';

const RULE =
  '{ trials: 60, wave: 5, sampler: regularized-evolution, stop: [{ name: target, score: 2 }, { name: no-improvement, patience: 9 }] }';

describe('a search with stopping rules', () => {
  it('ends after the wave in which a rule holds, random search with it, the plain loss on the whole budget', async () => {
    const run = await runSmall(await loadSmall(RULE));
    const search = ofArm(run, 'search');
    expect(search.length).toBeGreaterThanOrEqual(10);
    expect(search.length).toBeLessThan(60);
    expect(search.length % 5).toBe(0);
    expect(ofArm(run, 'random')).toHaveLength(search.length);
    expect(ofArm(run, 'plain')).toHaveLength(60);
    // The rule by hand: it holds at the end, and not a wave earlier.
    const since = (count: number): number => {
      const scores = search
        .slice(0, count)
        .map(({ outcome }) => ('metrics' in outcome ? Object.values(outcome.metrics)[0]! : -1));
      return count - 1 - scores.indexOf(Math.max(...scores));
    };
    expect(since(search.length)).toBeGreaterThanOrEqual(9);
    expect(since(search.length - 5)).toBeLessThan(9);
    const end = searchEnd({ provenance: run.provenance, records: run.records, verdict: undefined })!;
    expect(end.rule).toBe('no-improvement');
    expect(end.sentence).toMatch(
      new RegExp(
        `^The search ended after ${search.length} of 60 trials by the rule "no-improvement": \\d+ trials in a row`,
      ),
    );
  });

  it('gives the same bytes with any number of workers, and after interruptions', async () => {
    const loaded = await loadSmall(RULE);
    const { csv } = await runSmall(loaded);
    expect((await runSmall(loaded, 7, 5)).csv).toBe(csv);
    expect((await runSmall(loaded, 3, 2, 6)).csv).toBe(csv);
  });

  it('works with brackets: it is asked after whole ones', async () => {
    const run = await runSmall(
      await loadSmall(
        '{ trials: 60, fidelity: { name: successive-halving, eta: 2 }, sampler: sobol, stop: [{ name: compute, steps: 40 }] }',
      ),
    );
    const search = ofArm(run, 'search');
    const last = search.at(-1)!.wave;
    const stepsBefore = (wave: number): number =>
      search
        .filter((record) => record.wave < wave)
        .reduce(
          (sum, { outcome }) =>
            sum + ('steps' in outcome && outcome.duplicateOf === undefined ? outcome.steps : 0),
          0,
        );
    expect(stepsBefore(last)).toBeLessThan(40);
    expect(stepsBefore(last + 1)).toBeGreaterThanOrEqual(40);
    expect(ofArm(run, 'random')).toHaveLength(search.length);
  });

  it('that uses up its trials was stopped by no rule', async () => {
    const run = await runSmall(
      await loadSmall('{ trials: 8, wave: 4, sampler: sobol, stop: [{ name: trials, count: 8 }] }'),
    );
    expect(ofArm(run, 'search')).toHaveLength(8);
    expect(
      searchEnd({ provenance: run.provenance, records: run.records, verdict: undefined }),
    ).toBeUndefined();
  });

  it('changes the hash of an experiment, and only where it is there', async () => {
    const plain = (await loadSmall('{ trials: 8 }')).experiment;
    expect(plain.search).not.toHaveProperty('stop');
    const stopped = (await loadSmall('{ trials: 8, stop: [{ name: trials, count: 4 }] }')).experiment;
    expect(stopped.search.stop).toEqual([{ name: 'trials', options: { count: 4 } }]);
    expect(experimentHash(stopped)).not.toBe(experimentHash(plain));
  });

  it.each([
    [
      '[no-improvment]',
      /small\.yaml:\d+:\d+: search\.stop\.0: unknown stopping rule; did you mean "no-improvement"/,
    ],
    ['[target]', /search\.stop\.0.*"score" is missing/],
    ['[{ name: compute, steps: 0 }]', /search\.stop\.0\.steps: .*found 0/],
    ['[{ name: compute, step: 10 }]', /search\.stop\.0\.step: .*did you mean "steps"/],
    ['[]', /search\.stop: .*found/],
  ])('refuses %s at its place', async (stop, message) => {
    const error: unknown = await loadSmall(`{ trials: 8, stop: ${stop} }`).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(renderUserError(error as UserError)).toMatch(message);
  });

  it('counts what paused trials have so far, and only the steps that trials of rounds did themselves', async () => {
    for (const search of [
      '{ trials: 60, wave: 4, fidelity: asha, sampler: sobol, stop: [{ name: compute, steps: 60 }] }',
      '{ trials: 60, sampler: { name: population-based-training, population: 4 }, stop: [{ name: compute, steps: 60 }] }',
    ]) {
      const loaded = await loadSmall(search);
      const run = await runSmall(loaded);
      const trials = ofArm(run, 'search');
      expect(trials.length).toBeLessThan(60);
      const stepsOf = ({ outcome }: (typeof trials)[number]): number =>
        'steps' in outcome && outcome.duplicateOf === undefined ? outcome.steps : 0;
      const done = trials.reduce((sum, record) => {
        const parent = trials.find(({ trial }) => trial === record.continues);
        return sum + Math.max(0, stepsOf(record) - (parent === undefined ? 0 : stepsOf(parent)));
      }, 0);
      expect(done).toBeGreaterThanOrEqual(60);
      // Two steps an evaluation: a wave trains at most 4 trials for 3 evaluations more.
      expect(done).toBeLessThan(60 + 4 * 3 * 2);
      const end = searchEnd({ provenance: run.provenance, records: run.records, verdict: undefined });
      expect(end?.rule).toBe('compute');
      expect((await runSmall(loaded, 3, 2, 4)).csv).toBe(run.csv);
    }
  });

  it('is not ended by a trial that misses a constraint', async () => {
    const search = '{ trials: 20, wave: 5, sampler: random, stop: [{ name: target, score: 0 }] }';
    const free = await runSmall(await loadSmall(search));
    expect(ofArm(free, 'search')).toHaveLength(5);
    const bounded = await loadSmall(
      search,
      undefined,
      (text) => `${text}metrics: [average-precision, auroc]\nconstraints: [{ metric: auroc, atLeast: 2 }]\n`,
    );
    expect(ofArm(await runSmall(bounded), 'search')).toHaveLength(20);
  });

  it('says that trials which miss a constraint do not count, where a rule looked at scores', async () => {
    const reasonOf = async (stop: string): Promise<string | undefined> => {
      const run = await runSmall(
        await loadSmall(
          `{ trials: 20, wave: 5, sampler: random, stop: [${stop}] }`,
          undefined,
          (text) =>
            `${text}metrics: [average-precision, auroc]\nconstraints: [{ metric: auroc, atLeast: 2 }]\n`,
        ),
      );
      return searchEnd({ provenance: run.provenance, records: run.records, verdict: undefined })?.reason;
    };
    expect(await reasonOf('{ name: no-improvement, patience: 5 }')).toBe(
      'none of 5 trials has a score; trials that miss a constraint do not count',
    );
    expect(await reasonOf('{ name: trials, count: 5 }')).toBe('5 trials, 5 allowed');
  });

  it('leaves the controls of a search of rounds their turn where no rule holds before its trials are used up', async () => {
    const stop = 'stop: [{ name: target, score: 2 }]';
    const sampler = '{ name: population-based-training, population: 4 }';
    const run = await runSmall(await loadSmall(`{ trials: 18, sampler: ${sampler}, ${stop} }`));
    const free = await runSmall(await loadSmall(`{ trials: 18, sampler: ${sampler} }`));
    expect(ofArm(run, 'search')).toHaveLength(16);
    // Sixteen pieces of one evaluation of four: four whole trainings.
    expect(ofArm(run, 'random')).toHaveLength(4);
    expect(ofArm(free, 'random')).toHaveLength(4);
  });
});
