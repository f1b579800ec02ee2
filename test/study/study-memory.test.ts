import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import type { PieceResult } from '../../src/study/piece-result.js';
import { createStudyMemory } from '../../src/study/study-memory.js';
import type { TrialRequest } from '../../src/study/trial-record.js';

const clock = { now: () => 1000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossmith-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request = (trial: number, gamma: number): TrialRequest => ({
  ...{ trial, stage: 'search', arm: 'search', index: trial, wave: 0, seed: 'study/1/search' },
  ...{ part: 'validation', candidateHash: `hash of ${gamma}` },
  candidate: { loss: { name: 'focal', parameters: { gamma } } },
});
const trained = (score: number): PieceResult => ({
  ...{ state: 'trained', fidelity: 3, steps: 30, metrics: { auroc: score } },
  curve: [{ step: 10, trainLoss: Number.NaN, validationLoss: 0.5, validationScore: score }],
});
const ended = (trial: number, result: PieceResult) => ({
  trial,
  fidelity: 3,
  result,
  durationMs: 1,
  blobs: [],
});

describe('the memory of a study', () => {
  it('answers alike in the process that wrote and in one that goes on', () => {
    const journal = openJournal(join(folder, 'study.db'), clock);
    const memory = createStudyMemory(journal);
    const failed: PieceResult = { state: 'failed', reason: 'threw', detail: 'no' };
    memory.openStage('search');
    memory.ask([request(0, 1), request(1, 2)]);
    memory.rememberProbe(0, { state: 'accepted', signature: 'abc' }, 1);
    memory.rememberPieces([ended(0, trained(0.1 + 0.2)), ended(1, failed)]);
    memory.tell([{ ...request(0, 1), outcome: { ...trained(Number.NaN), state: 'completed' } as never }]);
    for (const one of [memory, createStudyMemory(journal)]) {
      expect(one.probe(0)).toEqual({ state: 'accepted', signature: 'abc' });
      expect(one.probe(1)).toBeUndefined();
      expect(one.piece(0, 3)).toEqual(trained(0.1 + 0.2));
      expect(one.piece(0, 1)).toBeUndefined();
      expect(one.piece(1, 3)).toEqual(failed);
      expect(one.verdict()).toBeUndefined();
    }
    const before = journal.entries().length;
    const again = createStudyMemory(journal);
    again.openStage('search');
    again.ask([request(0, 1), request(1, 2)]);
    again.tell([{ ...request(0, 1), outcome: { ...trained(Number.NaN), state: 'completed' } as never }]);
    expect(journal.entries()).toHaveLength(before);
    journal.close();
  });

  it('stops where a trial, a result or a verdict comes out differently, and writes nothing', () => {
    const journal = openJournal(join(folder, 'study.db'), clock);
    const memory = createStudyMemory(journal);
    const completed = { ...trained(0.5), state: 'completed' } as never;
    memory.ask([request(0, 1)]);
    memory.tell([{ ...request(0, 1), outcome: completed }]);
    memory.rememberVerdict({ winner: 'search' });
    const before = journal.entries().length;
    for (const one of [memory, createStudyMemory(journal)]) {
      expect(() => one.ask([request(1, 5), request(0, 2)])).toThrow(/trial 0 comes out differently/);
      const other = { ...trained(0.6), state: 'completed' } as never;
      expect(() => one.tell([{ ...request(0, 1), outcome: other }])).toThrow(/result of trial 0 comes out/);
      expect(() => one.rememberVerdict({ winner: 'plain' })).toThrow(/the verdict comes out differently/);
      expect(() => one.rememberVerdict({ winner: 'search' })).not.toThrow();
    }
    expect(journal.entries()).toHaveLength(before);
    journal.close();
  });
});
