import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { makeFolder } from '../../src/study/make-folder.js';
import { createStudy, readStudy, resumeStudy } from '../../src/study/open-study.js';
import type { Provenance } from '../../src/study/provenance.js';
import { asOrdinaryUser } from '../support/as-ordinary-user.js';
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
    const journal = openJournal(join(folder, 'study.db'), clock);
    journal.append([{ kind: 'study', format: 0, data: {} }]);
    journal.close();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(fault(() => resumeStudy(folder, clock))).toBe('the journal has another format');
      expect(fault(() => readStudy(folder))).toBe('the journal has another format');
    }
    const anew = createStudy(folder, provenance, clock);
    expect(anew.movedTo).toBeDefined();
    anew.close();
  });

  it('that cannot be moved aside is left as it is', () => {
    const results = freshFolder();
    chmodSync(results, 0o755);
    const folder = join(results, 'study');
    createStudy(folder, provenance, clock).close();
    chmodSync(results, 0o555);
    expect(fault(() => asOrdinaryUser(() => createStudy(folder, provenance, clock)))).toMatch(
      /cannot be (moved aside|written)/,
    );
    expect(readStudy(folder).provenance).toEqual(provenance);
  });

  it('whose journal is damaged is moved aside like any other', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'study.db'), "somebody's work ".repeat(100));
    const anew = createStudy(folder, provenance, clock);
    expect(anew.movedTo).toBe(`${folder}.previous-1`);
    anew.close();
  });

  it('is missed in one line', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'empty'));
    expect(fault(() => readStudy(join(folder, 'empty')))).toBe('no study: the folder holds no study.db');
    expect(fault(() => resumeStudy(join(folder, 'absent'), clock))).toBe('no such folder');
  });
});

describe('a study that was killed before it began', () => {
  const leftovers: Readonly<Record<string, (folder: string) => void>> = {
    'an empty folder': () => undefined,
    'the lock alone': (folder) => writeFileSync(join(folder, 'study.lock'), ''),
    'an empty file': (folder) => writeFileSync(join(folder, 'study.db'), ''),
    'a journal without events': (folder) => openJournal(join(folder, 'study.db'), clock).close(),
  };

  it.each(Object.keys(leftovers))('%s: nothing to go on with, and the next begins in its place', (name) => {
    const results = freshFolder();
    const folder = join(results, 'study');
    mkdirSync(folder);
    leftovers[name]!(folder);
    expect(fault(() => readStudy(folder))).toMatch(/no study|nothing was begun/);
    expect(fault(() => resumeStudy(folder, clock))).toMatch(/no study|nothing was begun/);
    const study = createStudy(folder, provenance, clock);
    expect(study.movedTo).toBeUndefined();
    study.close();
    expect(readdirSync(results)).toEqual(['study']);
    expect(readStudy(folder).provenance).toEqual(provenance);
  });
});

describe('a study in a read-only folder', () => {
  it.each(['closed', 'killed'])('is read, and not gone on with: %s', (end) => {
    const results = freshFolder();
    chmodSync(results, 0o755);
    const folder = join(results, 'study');
    const study = createStudy(folder, provenance, clock);
    // One whose process was killed has its last events in the write-ahead log.
    if (end === 'closed') study.close();
    else expect(existsSync(join(folder, 'study.db-wal'))).toBe(true);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
    chmodSync(folder, 0o555);
    asOrdinaryUser(() => {
      expect(readStudy(folder).journal.entries()).toHaveLength(2);
      if (end === 'closed') expect(fault(() => resumeStudy(folder, clock))).toMatch(/cannot be written/);
    });
    if (end === 'killed') study.close();
  });
});
