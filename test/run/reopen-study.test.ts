import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import { openDatabase } from '../../src/journal/open-database.js';
import { beginStudy } from '../../src/run/begin-study.js';
import { reopenStudy } from '../../src/run/reopen-study.js';
import { resume, readLeaderboard } from '../../src/run/studies.js';
import { createStudy } from '../../src/study/open-study.js';
import type { Provenance } from '../../src/study/provenance.js';
import { freshFolder, lossmith } from '../support/lossmith.js';

const EXPERIMENT = `name: small
task: { name: mixture, size: 200, seed: 3 }
space: focal-gamma
training: { steps: 4, batchSize: 8, evaluations: 2 }
search: { trials: 2, sampler: random, fidelity: full }
controls: { random: false, textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
statistics: { resamples: 200 }
`;

const VERDICT: JournalEvent = {
  kind: 'verdict',
  data: { outcome: 'not-judged', sentence: 'There is no significant gain to claim.', comparisons: [] },
};

/** A study that was begun with other software than runs here. */
async function begunWith(other: Partial<Provenance>, ...events: readonly JournalEvent[]): Promise<string> {
  const results = freshFolder();
  const file = join(results, 'small.yaml');
  writeFileSync(file, EXPERIMENT);
  const { study } = await beginStudy(file, 'search', { results });
  study.close();
  const folder = join(results, 'other');
  const made = createStudy(folder, { ...study.provenance, ...other }, { now: () => 0 });
  made.journal.append(events);
  made.close();
  return folder;
}

/** The one line that reopening gives; undefined where it goes on. */
async function refusal(folder: string): Promise<string | undefined> {
  try {
    (await reopenStudy(folder, [])).study.close();
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return renderUserError(error).replaceAll(`${folder}: `, '');
  }
}

const [major, ...minor] = process.versions.node.split('.');

describe('a study that is gone on with', () => {
  it.each<[Partial<Provenance>, RegExp]>([
    [
      { version: '0.0.1' },
      /^the study began with lossmith 0\.0\.1 and can go on with nothing else \(found lossmith \d\S+, expected lossmith 0\.0\.1, or a new search; /,
    ],
    [{ backendVersion: '3.0.0' }, /began with \w+ 3\.0\.0 and .*found \w+ 4/],
    [{ platform: 'win32-ia32' }, /began with win32-ia32 and/],
    [{ node: `1${major}.0.0` }, new RegExp(`began with Node 1${major} and .*found Node ${major},`)],
    [{ version: '0.0.1', platform: 'win32-ia32' }, /began with lossmith 0\.0\.1, win32-ia32 and/],
  ])('must have begun with the software that runs: %j', async (other, expected) => {
    const folder = await begunWith(other);
    expect(await refusal(folder)).toMatch(expected);
    expect(readLeaderboard(folder)).toEqual([]);
  });

  it('may have begun with another Node of the same major version', async () => {
    expect(await refusal(await begunWith({ node: [major, 1 + Number(minor[0]), 0].join('.') }))).toBe(
      undefined,
    );
  });

  it('is refused by the command in one line, and by no command that reads', async () => {
    const folder = await begunWith({ version: '0.0.1' });
    const ended = await lossmith('resume', folder);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/^lossmith: .*began with lossmith 0\.0\.1.*\n$/);
    expect((await lossmith('leaderboard', folder)).code).toBe(0);
    expect((await lossmith('report', folder)).code).toBe(0);
  });

  it('gets its files from the journal once it has its verdict, whatever runs, without its data', async () => {
    const folder = await begunWith({ version: '0.0.1', platform: 'win32-ia32', splitHash: 'gone' }, VERDICT);
    expect(await resume(folder)).toMatchObject({ state: 'finished', verdict: VERDICT.data, leaderboard: [] });
    expect(existsSync(join(folder, 'trials.csv'))).toBe(true);
    const again = await lossmith('resume', folder, '--quiet');
    expect(again.code).toBe(0);
    expect(again.stdout).toBe('There is no significant gain to claim.\n');
  });

  it('is damaged for every command alike where a text of its journal is not UTF-8', async () => {
    const folder = await begunWith({});
    const database = openDatabase(join(folder, 'study.db'), 0);
    database.exec("UPDATE events SET event = CAST(x'fffe' AS TEXT) WHERE kind = 'session'");
    database.close();
    for (const command of ['leaderboard', 'importance', 'report', 'resume']) {
      const { code, stderr } = await lossmith(command, folder);
      expect(stderr, command).toBe(
        `lossmith: ${folder}/study.db: the journal is damaged (found event 2 is no JSON of an event)\n`,
      );
      expect(code).toBe(2);
    }
    const file = join(folder, 'next.yaml');
    writeFileSync(file, EXPERIMENT.replace('search: {', 'search: { startFrom: ., '));
    const { code, stderr } = await lossmith('validate', file);
    expect(stderr).toMatch(
      /^lossmith: \S+next\.yaml:5:\d+: search\.startFrom: the journal is damaged \(.*\n$/,
    );
    expect(code).toBe(2);
  });

  it('is read and gone on with, by every command, without the table of its blobs', async () => {
    const folder = await begunWith({}, VERDICT);
    const database = openDatabase(join(folder, 'study.db'), 0);
    database.exec('DROP TABLE blobs');
    database.close();
    for (const command of ['leaderboard', 'importance', 'report', 'resume', 'leaderboard']) {
      const { code, stderr } = await lossmith(command, folder);
      expect(code, stderr).toBe(0);
    }
  });

  it('must be the one whose files lie beside its journal', async () => {
    const [own, other] = [await begunWith({}, VERDICT), await begunWith({ experimentHash: 'cafe' }, VERDICT)];
    expect(await resume(own)).toMatchObject({ state: 'finished' });
    const text = readFileSync(join(own, 'experiment.yaml'), 'utf8');
    const hash = /# experiment (\w+)/.exec(text)![1];
    const named = text.replace(/^#.*\n/gm, '').replace('name: small', 'name: "tall"');
    copyFileSync(join(other, 'study.db'), join(own, 'study.db'));
    for (const [file, said] of [
      [text, `"small", experiment ${hash}`],
      [named, '"tall"'],
    ] as const) {
      writeFileSync(join(own, 'experiment.yaml'), file);
      for (const command of ['resume', 'report']) {
        const { code, stderr } = await lossmith(command, own);
        expect(stderr).toBe(
          `lossmith: ${own}/study.db: the journal is of another study than the files beside it (found "small", ` +
            `experiment cafe, expected ${said}, as experiment.yaml has it; where that file is taken away, all are written anew)\n`,
        );
        expect(code).toBe(2);
      }
      expect(readFileSync(join(own, 'experiment.yaml'), 'utf8')).toBe(file);
    }
    expect((await lossmith('report', own, '--out', join(own, 'elsewhere.html'))).code).toBe(0);
    rmSync(join(own, 'experiment.yaml'));
    expect(await resume(own)).toMatchObject({ state: 'finished' });
    expect(await resume(own)).toMatchObject({ state: 'finished' });
  });
});
