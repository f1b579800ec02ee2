import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/run/check-options.js';
import { evaluate, readLeaderboard, resume, search } from '../../src/run/studies.js';

const thrown = (code: string, parts: Readonly<Record<string, unknown>> = {}): Error =>
  expect.objectContaining({ code, ...parts }) as Error;

describe('the options of a run', () => {
  it('are numbers that are whole and in range', () => {
    for (const options of [{}, { workers: 1, trials: 1, seed: 0 }, { trials: 1_000_000 }]) {
      expect(() => checkOptions('search', options)).not.toThrow();
    }
    for (const [options, found] of [
      [{ workers: 0 }, '0'],
      [{ workers: Infinity }, '.inf'],
      [{ workers: '2' }, '"2"'],
      [{ trials: 2.5 }, '2.5'],
      [{ trials: -1 }, '-1'],
      [{ trials: 1_000_001 }, '1000001'],
      [{ seed: -3 }, '-3'],
    ] as const) {
      expect(() => checkOptions('search', options)).toThrow(thrown('usage', { found }));
    }
  });

  it('name one loss', () => {
    const candidate = { loss: { name: 'focal' } };
    expect(() => checkOptions('evaluate', { candidate })).not.toThrow();
    expect(() => checkOptions('evaluate', { loss: 'best-loss.json' })).not.toThrow();
    expect(() => checkOptions('evaluate', { candidate, loss: 'best-loss.json' })).toThrow(/two losses/);
  });

  it('have the types of each', () => {
    const all = {
      ...{ dataFolders: ['data'], results: 'results', backend: 'auto', engine: 'eager' },
      ...{ workers: undefined, tell: () => undefined, signal: new AbortController().signal },
    };
    const candidate = { loss: { name: 'focal' } };
    expect(() => checkOptions('search', all)).not.toThrow();
    expect(() => checkOptions('evaluate', { ...all, candidate })).not.toThrow();
    for (const options of [
      { dataFolders: '/data' },
      { dataFolders: [1] },
      { results: 1 },
      { backend: false },
      { engine: ['eager'] },
      { tell: 'me' },
      { signal: {} },
      { candidate: 'focal' },
    ]) {
      const [name] = Object.keys(options);
      expect(() => checkOptions('evaluate', options)).toThrow(
        thrown('usage', { message: `invalid value for the option "${name}"` }),
      );
    }
    expect(() => checkOptions('evaluate', { candidate: { los: {} } })).toThrow(thrown('candidate'));
    for (const options of [null, 'results', []]) {
      expect(() => checkOptions('search', options)).toThrow(thrown('usage', { expected: 'an object' }));
    }
  });

  it('are those that the function has', () => {
    expect(() => checkOptions('search', { wrokers: 1 })).toThrow(
      thrown('usage', { message: '"search" was given an unknown option; did you mean "workers"?' }),
    );
    const more = [
      ['search', { dataFolder: ['data'] }],
      ['search', { candidate: {} }],
      ['search', { constructor: 1 }],
      ['resume', { trials: 3 }],
    ] as const;
    for (const [called, options] of more) {
      expect(() => checkOptions(called, options)).toThrow(
        thrown('usage', { found: JSON.stringify(Object.keys(options)[0]) }),
      );
    }
  });

  it('are looked at before anything else', async () => {
    for (const run of [search, evaluate, resume]) {
      await expect(run('none', { wrokers: 1 } as never)).rejects.toThrow(
        thrown('usage', { found: '"wrokers"' }),
      );
      await expect(run(undefined as never)).rejects.toThrow(thrown('usage', { expected: 'text' }));
    }
    expect(() => readLeaderboard(['a', 'b'] as never)).toThrow(thrown('usage'));
  });
});
