import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeOf, keptJobs } from '../../bench/samplers/kept-jobs.js';
import { UserError } from '../../src/core/errors.js';

interface Job {
  readonly id: number;
}
const folder = mkdtempSync(path.join(tmpdir(), 'lossmith-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (file: string, code = 'one'): ReturnType<typeof keptJobs<Job, readonly number[]>> =>
  keptJobs<Job, readonly number[]>(file, code);

describe('kept jobs', () => {
  it('are found again, with infinite numbers', () => {
    const file = path.join(folder, 'new', 'jobs.jsonl');
    const first = open(file);
    expect(first.find({ id: 1 })).toBeUndefined();
    first.keep({ id: 1 }, [3, Infinity, -Infinity, NaN]);
    expect(first.find({ id: 1 })).toEqual([3, Infinity, -Infinity, NaN]);
    first.keep({ id: 2 }, []);
    const second = open(file);
    expect(second.find({ id: 1 })).toEqual([3, Infinity, -Infinity, NaN]);
    expect(second.find({ id: 2 })).toEqual([]);
    expect(second.find({ id: 3 })).toBeUndefined();
  });

  it('go on behind a line that was cut off', () => {
    const file = path.join(folder, 'cut.jsonl');
    open(file).keep({ id: 1 }, [1]);
    appendFileSync(file, '{"job":{"id":2},"res');
    const second = open(file);
    expect(second.find({ id: 2 })).toBeUndefined();
    second.keep({ id: 2 }, [2]);
    expect(open(file).find({ id: 2 })).toEqual([2]);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  });

  it('begin behind a first line that was cut off', () => {
    const file = path.join(folder, 'torn.jsonl');
    writeFileSync(file, '{"code":"o');
    open(file).keep({ id: 1 }, [1]);
    expect(open(file).find({ id: 1 })).toEqual([1]);
  });

  it('of other code are refused, and stay as they are', () => {
    const file = path.join(folder, 'other.jsonl');
    open(file).keep({ id: 1 }, [1]);
    const before = readFileSync(file, 'utf8');
    expect(() => open(file, 'two')).toThrow('this code, on this Node, did not write');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it.each([
    'notes',
    'notes\n',
    'null\n',
    '{"code":"one"}\nnotes\n',
    '{"code":"one"}\n{"job":{"id":1},"res\n{}\n',
  ])('are never looked for in %j, which stays as it is', (text) => {
    const file = path.join(folder, 'foreign');
    writeFileSync(file, text);
    expect(() => open(file)).toThrow(UserError);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('belong to code that differs where a source does', () => {
    const sources = path.join(folder, 'sources');
    mkdirSync(path.join(sources, 'deep'), { recursive: true });
    writeFileSync(path.join(sources, 'deep', 'a.ts'), 'a');
    const before = codeOf([sources]);
    writeFileSync(path.join(sources, 'notes.txt'), 'not a source');
    expect(codeOf([sources])).toBe(before);
    writeFileSync(path.join(sources, 'deep', 'a.ts'), 'b');
    expect(codeOf([sources])).not.toBe(before);
    const lock = path.join(folder, 'package-lock.json');
    writeFileSync(lock, '1');
    const locked = codeOf([sources, lock]);
    writeFileSync(lock, '2');
    expect(codeOf([sources, lock])).not.toBe(locked);
  });
});
