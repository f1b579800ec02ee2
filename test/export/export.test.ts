import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { buildLeaderboard } from '../../src/export/build-leaderboard.js';
import { csvNumber } from '../../src/export/csv-number.js';
import { leaderboardCsv } from '../../src/export/leaderboard-csv.js';
import { trialsCsv } from '../../src/export/trials-csv.js';
import { writeFileWhole } from '../../src/export/write-file-whole.js';
import type { Provenance } from '../../src/study/provenance.js';
import type { TrialRecord, TrialState } from '../../src/study/trial-record.js';
import { freshFolder } from '../support/lossmith.js';

const provenance = (direction: 'maximize' | 'minimize', name = 'x'): Provenance =>
  ({
    experiment: {
      ...{ name, seed: 1, engine: 'compiled' },
      metrics: [{ key: 'auroc', name: 'auroc', head: 'label' }],
      search: {},
    },
    ...{ experimentHash: 'e', splitHash: 's', backend: 'wasm', version: '0', direction },
  }) as unknown as Provenance;

const trained = (score: number): TrialState => ({
  ...{ state: 'completed', fidelity: 8, steps: 80, curve: [] },
  metrics: { auroc: score },
});

let next = 0;
const record = (
  stage: TrialRecord['stage'],
  arm: string,
  outcome: TrialState,
  candidateHash = `${arm}-hash`,
): TrialRecord => ({
  ...{ trial: next++, stage, arm, index: 0, wave: 0, seed: 'k', part: 'test', candidateHash, outcome },
  candidate: { loss: { name: 'focal', parameters: { gamma: 2 } } },
});

const boardOf = (direction: 'maximize' | 'minimize', records: readonly TrialRecord[], name?: string) =>
  buildLeaderboard([{ provenance: provenance(direction, name), records, verdict: undefined }]);

describe('numbers in CSV', () => {
  it('are the shortest text that reads back as the same number; what is none is empty', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Object.is(Number(csvNumber(value)), value === 0 ? 0 : value)).toBe(true);
      }),
    );
    expect([csvNumber(undefined), csvNumber(NaN), csvNumber(0.1)]).toEqual(['', '', '0.1']);
  });
});

describe('the leaderboard', () => {
  const runs = [
    record('test', 'plain', trained(0.6)),
    record('test', 'plain', trained(0.8)),
    record('test', 'search', trained(0.9)),
    record('test', 'search', trained(0.7)),
    record('test', 'broken', trained(0.99)),
    record('test', 'broken', { state: 'failed', reason: 'threw', detail: 'no' }),
    record('selection', 'late', trained(1)),
    record('search', 'only-searched', trained(1)),
  ];

  it('ranks the tested by their mean, failures after them, the merely selected last, the searched not', () => {
    const arms = (direction: 'maximize' | 'minimize'): readonly string[] =>
      boardOf(direction, runs).map(({ arm }) => arm);
    expect(arms('maximize')).toEqual(['search', 'plain', 'broken', 'late']);
    expect(arms('minimize')).toEqual(['plain', 'search', 'broken', 'late']);
  });

  it('gives mean, standard deviation (n − 1), runs and failures', () => {
    const [first] = boardOf('maximize', runs);
    expect(first!.test.mean).toBeCloseTo(0.8, 12);
    expect(first!.test.sd).toBeCloseTo(Math.sqrt(0.02), 12);
    expect(first!.test).toMatchObject({ n: 2, failed: 0 });
  });

  it('names the engines that trained the runs of a row, not the one that was asked for', () => {
    const eager = { ...trained(0.7), engine: { name: 'eager', reason: 'not traceable' } } as TrialState;
    const failed: TrialState = { state: 'failed', reason: 'threw', detail: 'no' };
    const records = [
      ...[record('test', 'a', eager), record('test', 'a', failed)],
      ...[record('test', 'b', eager), record('selection', 'b', trained(0.6))],
      ...[record('test', 'c', trained(0.5)), record('test', 'd', failed)],
    ];
    const engines = Object.fromEntries(boardOf('maximize', records).map(({ arm, engine }) => [arm, engine]));
    expect(engines).toEqual({ a: 'eager', b: 'compiled+eager', c: 'compiled', d: 'compiled' });
    const rows = parse<Record<string, string>>(trialsCsv(provenance('maximize'), records), { columns: true });
    expect(rows.map(({ engine }) => engine)).toEqual([
      ...['eager', 'compiled', 'eager', 'compiled', 'compiled', 'compiled'],
    ]);
  });

  it('does not depend on the order of the records', () => {
    const text = leaderboardCsv(boardOf('maximize', runs));
    expect(leaderboardCsv(boardOf('maximize', [...runs].reverse()))).toBe(text);
  });

  it('is CSV whatever the texts hold: quotes, commas and line ends read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const rows = boardOf('maximize', [record('test', `a${text}`, trained(0.5))], `n${text}`);
        const [read] = parse<Record<string, string>>(leaderboardCsv(rows), { columns: true });
        expect(read!['arm']).toBe(`a${text}`);
        expect(read!['study']).toBe(`n${text}`);
        expect(JSON.parse(read!['candidate']!)).toEqual(rows[0]!.candidate);
      }),
    );
  });
});

describe('trials.csv', () => {
  it('has a row for each trial, with why it has no score', () => {
    const states: TrialState[] = [
      trained(0.5),
      { ...trained(0.4), state: 'pruned', duplicateOf: 0 } as TrialState,
      { state: 'diverged', reason: 'the loss is NaN, at "step" 3', steps: 3 },
      { state: 'rejected', reason: 'no-gradient', detail: 'a\nb' },
      { state: 'failed', reason: 'time-limit', detail: 'ended after 2 s' },
    ];
    const records = states.map((outcome) => record('search', 'search', outcome));
    const rows = parse<Record<string, string>>(trialsCsv(provenance('maximize'), records), { columns: true });
    expect(rows.map((row) => row['state'])).toEqual(states.map(({ state }) => state));
    expect(rows.map((row) => row['auroc'])).toEqual(['0.5', '0.4', '', '', '']);
    expect(rows.map((row) => row['duplicate_of'])).toEqual(['', '0', '', '', '']);
    expect(rows[2]!['reason']).toBe('the loss is NaN, at "step" 3');
    expect(rows[3]!['detail']).toBe('a\nb');
  });
});

describe('a file is written whole or not at all', () => {
  it('and leaves no draft', () => {
    const file = join(freshFolder(), 'a.csv');
    writeFileWhole(file, 'one');
    writeFileWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(join(file, '..'))).toEqual(['a.csv']);
  });

  it('where it cannot be written, the fault is one of the user and what was there stays', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'a.csv'));
    writeFileSync(join(folder, 'a.csv/kept'), '');
    expect(() => writeFileWhole(join(folder, 'a.csv'), 'text')).toThrow(UserError);
    expect(() => writeFileWhole(join(folder, 'absent/b.csv'), 'text')).toThrow(
      /cannot be written \(ENOENT\)/,
    );
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });
});
