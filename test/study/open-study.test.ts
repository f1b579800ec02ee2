import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { makeFolder } from '../../src/study/make-folder.js';
import { createStudy, readStudy, resumeStudy } from '../../src/study/open-study.js';
import type { Provenance } from '../../src/study/provenance.js';
import { freshFolder } from '../support/lossmith.js';

const clock = { now: () => 0 };
const provenance = { experiment: { name: 'x' }, version: '0' } as unknown as Provenance;

const fault = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
};

describe('a folder', () => {
  it('is made with those above it, and left as it is where it is there', () => {
    const folder = join(freshFolder(), 'a/b/c');
    makeFolder(folder);
    writeFileSync(join(folder, 'kept'), '');
    makeFolder(folder);
    expect(existsSync(join(folder, 'kept'))).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('that the system refuses is no endless wait', () => {
    expect(fault(() => makeFolder('/proc/lossmith/deep'))).toMatch(/^the folder cannot be made \(E/);
  });

  it('cannot be made below or in the place of a file', () => {
    const file = join(freshFolder(), 'file');
    writeFileSync(file, 'text');
    expect(fault(() => makeFolder(join(file, 'deep')))).toBe('the folder cannot be made (ENOTDIR)');
    expect(fault(() => makeFolder(file))).toBe('the folder cannot be made (a file is in its place)');
    expect(fault(() => createStudy(file, provenance, clock))).toMatch(/cannot be made/);
    expect(readFileSync(file, 'utf8')).toBe('text');
  });
});

describe('a study', () => {
  it('is made, read while it is open, resumed when it is closed, and moved aside by the next', () => {
    const folder = join(freshFolder(), 'study');
    const first = createStudy(folder, provenance, clock);
    const reader = readStudy(folder);
    expect(reader.provenance).toEqual(first.provenance);
    reader.close();
    expect(fault(() => resumeStudy(folder, clock))).toBe('another process runs this study');
    first.close();
    resumeStudy(folder, clock).close();
    const second = createStudy(folder, provenance, clock);
    expect(second.movedTo).toBe(`${folder}.previous-1`);
    second.close();
  });

  it('whose opening fails holds no lock', () => {
    const folder = freshFolder();
    openJournal(join(folder, 'study.db'), clock).close();
    const empty = 'the journal is empty: nothing was begun';
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(fault(() => resumeStudy(folder, clock))).toBe(empty);
      expect(fault(() => readStudy(folder))).toBe(empty);
    }
    const anew = createStudy(folder, provenance, clock);
    expect(anew.movedTo).toBeDefined();
    anew.close();
  });

  it('is missed in one line', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'empty'));
    expect(fault(() => readStudy(join(folder, 'empty')))).toBe('no study: the folder holds no study.db');
    expect(fault(() => resumeStudy(join(folder, 'absent'), clock))).toBe('no such folder');
  });
});
