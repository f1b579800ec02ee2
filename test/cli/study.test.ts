import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import type { StudyVerdict } from '../../src/study/study-verdict.js';
import { ONE_WORKER, ROOT, freshFolder, lossmith, start } from '../support/lossmith.js';

const MINE = join(ROOT, 'test/fixtures/user/mine.yaml');
const BAD = join(ROOT, 'test/fixtures/user/bad.yaml');
const bytes = (folder: string): readonly string[] =>
  ['trials.csv', 'leaderboard.csv'].map((name) => readFileSync(join(folder, name), 'utf8'));

/** Every part is seen by its own stage alone, and the test part once by each finalist and seed. */
function expectFunnel(folder: string): void {
  const rows = parse<Record<string, string>>(readFileSync(join(folder, 'trials.csv'), 'utf8'), {
    columns: true,
  });
  const parts = { search: 'validation', selection: 'selection', test: 'test' } as const;
  for (const row of rows) expect(row['part']).toBe(parts[row['stage'] as keyof typeof parts]);
  for (const stage of ['selection', 'test']) {
    const runs = rows
      .filter((row) => row['stage'] === stage)
      .map(({ arm, candidate_hash: hash, seed }) => `${arm} ${hash} ${seed}`);
    expect(runs.length).toBeGreaterThan(0);
    expect(new Set(runs).size).toBe(runs.length);
  }
  const seeds = (stage: string): Set<string> =>
    new Set(rows.filter((row) => row['stage'] === stage).map(({ seed }) => seed!));
  const all = ['search', 'selection', 'test'].flatMap((stage) => [...seeds(stage)]);
  expect(new Set(all).size).toBe(all.length);
}

describe('a study of a task, a loss and a space in a user module', () => {
  /** The study, run by one worker from begin to end. */
  const whole = join(freshFolder(), 'mine');
  beforeAll(async () => {
    const one = await lossmith('search', MINE, '--results', dirname(whole), '--quiet', ...ONE_WORKER);
    expect(one.stderr).toBe('');
    expect(one.code).toBe(0);
  });

  it('gives the same bytes with one worker and with two, and after kills at random moments', async () => {
    const results = freshFolder();
    const reference = bytes(whole);
    const two = await lossmith('search', MINE, '--results', join(results, '2'), '--workers', '2', '--quiet');
    expect(two.code).toBe(0);
    expect(bytes(join(results, '2/mine'))).toEqual(reference);

    const folder = join(results, '3/mine');
    const random = stream('kill');
    let begun = start('search', MINE, '--results', join(results, '3'), '--quiet');
    for (let kill = 0; kill < 6; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 600 + 900 * random.uniform()));
      begun.child.kill('SIGKILL');
      await begun.done;
      begun = existsSync(join(folder, 'study.db'))
        ? start('resume', folder, '--quiet')
        : start('search', MINE, '--results', join(results, '3'), '--quiet');
    }
    const last = await begun.done;
    expect(last.stderr).toBe('');
    expect(last.code).toBe(0);
    expect(bytes(folder)).toEqual(reference);
    const journal = openJournal(join(folder, 'study.db'), { now: () => 0 });
    const trained = journal
      .entries()
      .flatMap(({ event }) => (event.kind === 'trained' ? [`${event.trial}@${event.fidelity}`] : []));
    const events = journal.entries().map(({ event }) => event);
    journal.close();
    expect(new Set(trained).size).toBe(trained.length);
    expect(events.filter((event) => event.kind === 'stage' && event.stage === 'test')).toHaveLength(1);
    expectFunnel(folder);
  });

  it('derives every file again from the journal', async () => {
    const results = freshFolder();
    const folder = join(results, 'mine');
    cpSync(whole, folder, { recursive: true });
    const before = bytes(folder);
    for (const name of ['trials.csv', 'leaderboard.csv', 'best-loss.json']) rmSync(join(folder, name));
    expect((await lossmith('resume', folder, '--quiet')).code).toBe(0);
    expect(bytes(folder)).toEqual(before);
    expect((await lossmith('report', folder)).code).toBe(0);
    const report = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(report).toContain('significant');
    expect(report).not.toMatch(/(src|href)="https?:/);
    const rows = parse(before[1]!, { columns: true }).length;
    const copy = join(freshFolder(), 'copy');
    cpSync(folder, copy, { recursive: true });
    const merged = await lossmith('leaderboard', folder, copy, '--format', 'csv');
    expect(parse(merged.stdout, { columns: true }).length).toBe(2 * rows);
    // The same folder twice is one study.
    const once = await lossmith('leaderboard', folder, `${folder}/../mine`, '--format', 'csv');
    expect(parse(once.stdout, { columns: true }).length).toBe(rows);
    const best = join(folder, 'best-loss.json');
    const options = ['--results', results, '--json', ...ONE_WORKER];
    const evaluated = await lossmith('evaluate', MINE, '--loss', best, ...options);
    expect(evaluated.code).toBe(0);
    const { study, verdict } = JSON.parse(evaluated.stdout) as { study: string; verdict: StudyVerdict };
    expect(study).toBe('mine-evaluation');
    // The same test part again: the study's own verdict counts, which knows how much was searched and compared.
    const known = JSON.parse(readFileSync(best, 'utf8')) as Record<string, string>;
    const [own, seen] = verdict.sentence.split(' This test part has been seen: ');
    expect(own).not.toContain('searched');
    expect(seen).toContain(`the study "mine" (experiment ${known['experimentHash']!})`);
    expect(seen).toContain(known['verdict']);
    const passedOn: unknown = JSON.parse(
      readFileSync(join(results, 'mine-evaluation/best-loss.json'), 'utf8'),
    );
    expect(passedOn).toMatchObject({ foundBy: verdict.testSeenBy });
    expect((await lossmith('report', join(results, 'mine-evaluation'))).code).toBe(0);
    const judged = readFileSync(join(results, 'mine-evaluation/report.html'), 'utf8');
    expect(judged).toMatch(/class="headline">[^<]*, on a test part seen before</);
    expect(judged).toContain('This test part has been seen');
    expect(report).not.toContain('seen before');
  });

  it('stops cleanly on Ctrl-C, and goes on', async () => {
    const results = freshFolder();
    const begun = start('search', MINE, '--results', results);
    const folder = join(results, 'mine');
    while (!existsSync(join(folder, 'study.db'))) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 500));
    begun.child.kill('SIGINT');
    const ended = await begun.done;
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain(`lossmith resume ${folder}`);
    expect((await lossmith('resume', folder, '--quiet')).code).toBe(0);
    expect(existsSync(join(folder, 'leaderboard.csv'))).toBe(true);
  });
});

describe('losses that go wrong', () => {
  it('are recorded with the reason, and the study ends well', async () => {
    const results = freshFolder();
    const ended = await lossmith('search', BAD, '--results', results, '--quiet', ...ONE_WORKER);
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(0);
    const rows: Record<string, string>[] = parse(readFileSync(join(results, 'bad/trials.csv')), {
      columns: true,
    });
    const found = rows
      .filter(({ stage, arm }) => stage === 'search' && arm === 'search')
      .map(({ candidate, state, reason }) => [
        (JSON.parse(candidate!) as { loss: { name: string } }).loss.name,
        state,
        reason,
      ]);
    expect(found).toEqual([
      ['plain-again', 'completed', ''],
      ['not-a-number', 'rejected', 'not-finite'],
      ['throws', 'failed', 'threw'],
      ['never-ends', 'failed', 'time-limit'],
      ['constant', 'rejected', 'no-gradient'],
    ]);
  });

  it('all of them: the verdict says the commonest reason, and the exit code is no success', async () => {
    const results = freshFolder();
    const file = join(results, 'all-bad.yaml');
    const spaceOfThree = `space:
  name: all-bad
  parameters: { which: { type: categorical, choices: [throws, not-a-number, constant] } }
  candidate: { loss: { $switch: which, cases: { throws: { name: throws }, not-a-number: { name: not-a-number }, constant: { name: constant } } } }
`;
    writeFileSync(
      file,
      readFileSync(BAD, 'utf8')
        .replace('name: bad\n', 'name: all-bad\n')
        .replace('./bad', join(ROOT, 'test/fixtures/user/bad'))
        .replace('space: bad-losses\n', spaceOfThree),
    );
    const ended = await lossmith('search', file, '--results', results, '--quiet', ...ONE_WORKER);
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toMatch(
      /^There is no significant gain to claim: none of the \d candidates of the search could be trained \(1 of 3 failed: threw, .*\)\.\n$/,
    );
    expect(ended.code).toBe(1);
  });
});
