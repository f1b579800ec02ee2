import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import type { JournalReader } from '../../src/journal/journal.js';
import { openDatabase } from '../../src/journal/open-database.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { readJournal } from '../../src/journal/read-journal.js';
import { lockStudy } from '../../src/journal/study-lock.js';

const clock = { now: () => 1000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossmith-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, 'study.db');

const trained = (trial: number, fidelity: number): JournalEvent => ({
  kind: 'trained',
  trial,
  fidelity,
  data: { score: 0.1 + 0.2, text: 'ä "quoted"\n' },
  durationMs: 5,
});

describe('the journal', () => {
  it('gives back the events in order, unchanged, after it was closed', () => {
    const events: JournalEvent[] = [
      { kind: 'study', format: 1, data: { a: [1, null, 'x'] } },
      { kind: 'session', change: 'started', data: {} },
      { kind: 'stage', stage: 'search' },
      { kind: 'asked', trial: 0, data: {} },
      { kind: 'probed', trial: 0, data: {}, durationMs: 1 },
      trained(0, 1),
      trained(0, 3),
      { kind: 'told', trial: 0, data: {} },
      { kind: 'verdict', data: {} },
    ];
    const first = openJournal(file(), clock);
    for (const event of events) first.append([event]);
    first.close();
    const second = openJournal(file(), clock);
    expect(second.entries()).toEqual(events.map((event, index) => ({ id: index + 1, at: 1000, event })));
    second.close();
  });

  it.each<JournalEvent>([
    { kind: 'study', format: 1, data: {} },
    { kind: 'stage', stage: 'test' },
    { kind: 'asked', trial: 3, data: {} },
    { kind: 'probed', trial: 3, data: {}, durationMs: 1 },
    trained(3, 9),
    { kind: 'told', trial: 3, data: {} },
    { kind: 'verdict', data: {} },
  ])('refuses the same $kind event twice, and then holds what it held', (event) => {
    const journal = openJournal(file(), clock);
    journal.append([event]);
    expect(() => journal.append([{ kind: 'session', change: 'resumed', data: {} }, event])).toThrow();
    expect(journal.entries()).toHaveLength(1);
    journal.close();
  });

  it('says at the next event that its file was deleted', () => {
    const journal = openJournal(file(), clock);
    journal.append([trained(0, 1)]);
    rmSync(file());
    expect(() => journal.append([trained(1, 1)])).toThrow(/moved or deleted/);
    journal.close();
  });

  it('finds an event by its key, and says which there are', () => {
    const journal = openJournal(file(), clock);
    const told: JournalEvent = { kind: 'told', trial: 0, data: { state: 'completed' } };
    const stage: JournalEvent = { kind: 'stage', stage: 'selection' };
    const verdict: JournalEvent = { kind: 'verdict', data: { sentence: 'x' } };
    journal.append([
      { kind: 'session', change: 'started', data: {} },
      stage,
      trained(0, 1),
      trained(0, 3),
      told,
    ]);
    expect([...journal.trialKeys()]).toEqual([
      { kind: 'trained', trial: 0, fidelity: 1 },
      { kind: 'trained', trial: 0, fidelity: 3 },
      { kind: 'told', trial: 0 },
    ]);
    expect(journal.event({ kind: 'trained', trial: 0, fidelity: 3 })).toEqual(trained(0, 3));
    expect(journal.event({ kind: 'told', trial: 0 })).toEqual(told);
    expect(journal.event(stage)).toEqual(stage);
    expect(journal.event({ kind: 'stage', stage: 'test' })).toBeUndefined();
    expect(journal.event({ kind: 'trained', trial: 0, fidelity: 2 })).toBeUndefined();
    expect(journal.event({ kind: 'asked', trial: 0 })).toBeUndefined();
    expect(journal.event({ kind: 'verdict' })).toBeUndefined();
    journal.append([verdict]);
    expect(journal.event({ kind: 'verdict' })).toEqual(verdict);
    journal.close();
  });

  it('lets sessions repeat', () => {
    const journal = openJournal(file(), clock);
    for (let count = 0; count < 3; count++)
      journal.append([{ kind: 'session', change: 'resumed', data: {} }]);
    expect(journal.entries()).toHaveLength(3);
    journal.close();
  });

  it('keeps blobs byte for byte and drops only checkpoints', () => {
    const journal = openJournal(file(), clock);
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
    const checkpoint = { kind: 'checkpoint', trial: 1, fidelity: 3 } as const;
    const predictions = { kind: 'predictions', trial: 1, fidelity: 3 } as const;
    journal.append(
      [trained(1, 3)],
      [
        { key: checkpoint, bytes },
        { key: predictions, bytes: bytes.subarray(10, 20) },
      ],
    );
    expect(journal.blob(checkpoint)).toEqual(bytes);
    expect(journal.blob(predictions)).toEqual(bytes.slice(10, 20));
    journal.dropCheckpoints([1]);
    expect(journal.blob(checkpoint)).toBeUndefined();
    expect(journal.blob(predictions)).toEqual(bytes.slice(10, 20));
    journal.close();
  });

  it('says of a file that is no journal, and of a folder that is not there, what is wrong', () => {
    writeFileSync(file(), 'not a database '.repeat(100));
    expect(() => openJournal(file(), clock)).toThrow(UserError);
    expect(() => openJournal(join(folder, 'absent', 'study.db'), clock)).toThrow(UserError);
  });
});

describe('a journal that is read alone', () => {
  it('gives what was written while it is written', () => {
    const writer = openJournal(file(), clock);
    writer.append([trained(0, 1)]);
    const beside = readJournal(file());
    expect(beside.entries()).toEqual(writer.entries());
    beside.close();
    writer.close();
  });

  it('is one file once it is closed, and stays one when it is read', () => {
    const writer = openJournal(file(), clock);
    writer.append([trained(0, 1)]);
    writer.close();
    expect(readdirSync(folder)).toEqual(['study.db']);
    const reader = readJournal(file());
    expect(reader.entries()).toHaveLength(1);
    reader.close();
    expect(readdirSync(folder)).toEqual(['study.db']);
  });

  it('is told from other files', () => {
    writeFileSync(file(), 'not a database '.repeat(100));
    expect(() => readJournal(file())).toThrow(UserError);
    expect(() => readJournal(join(folder, 'absent', 'study.db'))).toThrow(UserError);
  });
});

/** The journal after a statement of SQL; what is unchecked there, a damaged file may hold. */
function after(statement: string): JournalReader {
  const writer = openJournal(file(), clock);
  writer.append(
    [{ kind: 'study', format: 1, data: {} }, trained(0, 1)],
    [{ key: { kind: 'predictions', trial: 0, fidelity: 1 }, bytes: Uint8Array.of(1, 2) }],
  );
  writer.close();
  const database = openDatabase(file(), 0);
  database.exec(statement);
  database.close();
  return readJournal(file());
}

describe('a journal that is damaged', () => {
  it.each([
    ['text that is not UTF-8', "event = CAST(x'7b22fffe227d' AS TEXT)"],
    ['text that is no JSON', "event = '{'"],
    ['JSON that is no event', "event = 'null'"],
    ['an event of no kind', "event = '{}'"],
  ])('is told by %s', (_name, damage) => {
    const journal = after(`UPDATE events SET ${damage} WHERE id = 2`);
    const fault = expect.objectContaining({
      message: 'the journal is damaged',
      place: { file: file() },
      found: 'event 2 is no JSON of an event',
    }) as UserError;
    expect(() => journal.entries()).toThrow(fault);
    expect(() => journal.event({ kind: 'trained', trial: 0, fidelity: 1 })).toThrow(fault);
    expect(journal.event({ kind: 'study' })).toMatchObject({ kind: 'study' });
    journal.close();
  });

  it.each(["CAST(x'fffe' AS TEXT)", "'trianed'"])('is told by the kind %s of an event', (kind) => {
    const journal = after(`UPDATE events SET kind = ${kind} WHERE id = 2`);
    expect(() => journal.trialKeys()).toThrow(/^the journal is damaged$/);
    journal.close();
  });

  it('is read where any other column holds text that is not UTF-8', () => {
    const text = "CAST(x'fffe' AS TEXT)";
    const journal = after(`UPDATE events SET at = ${text}, part = ${text}, trial = ${text} WHERE id = 2;
      UPDATE blobs SET bytes = ${text}`);
    expect(journal.entries()).toHaveLength(2);
    expect([...journal.trialKeys()]).toHaveLength(1);
    expect(journal.blob({ kind: 'predictions', trial: 0, fidelity: 1 })).toEqual(Uint8Array.of(0xff, 0xfe));
    journal.close();
  });

  it('but for its blobs alone has its whole record', () => {
    const journal = after('DROP TABLE blobs');
    expect(journal.entries()).toHaveLength(2);
    expect(journal.blob({ kind: 'predictions', trial: 0, fidelity: 1 })).toBeUndefined();
    journal.close();
  });
});

describe('the lock of a study', () => {
  it('says of a file that cannot be opened what is wrong', () => {
    expect(() => lockStudy(join(folder, 'absent', 'study.lock'), folder)).toThrow(
      /^the lock of the study cannot be opened$/,
    );
  });

  it('is held by one at a time and can be taken again when given back', () => {
    const lock = join(folder, 'study.lock');
    const release = lockStudy(lock, folder);
    expect(() => lockStudy(lock, folder)).toThrow(/another process runs this study/);
    release();
    lockStudy(lock, folder)();
  });
});
