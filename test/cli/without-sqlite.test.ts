import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT, freshFolder } from '../support/lossmith.js';

const WITHOUT = pathToFileURL(join(ROOT, 'test/fixtures/cli/without-libsql.mjs')).href;

/** Runs the command where libsql came without its library for this platform. */
function run(...line: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['--import', WITHOUT, join(ROOT, 'bin/lossmith.cjs'), ...line], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

const LINE =
  'the package libsql, which keeps the journal of a study, does not load (found no @libsql/absent, expected ' +
  '`npm ci` or `npm install` again, on this platform and with optional packages)\n';

describe('where SQLite does not load', () => {
  it('a search says so in one line and makes no folder', () => {
    const results = join(freshFolder(), 'results');
    const { status, stderr } = run('search', 'experiments/quickstart.yaml', '--results', results);
    expect([stderr, status]).toEqual([`lossmith: ${LINE}`, 2]);
    expect(existsSync(results)).toBe(false);
  });

  it.each(['resume', 'report'])('%s says so in one line and writes nothing', (command) => {
    const folder = join(freshFolder(), 'study');
    mkdirSync(folder);
    writeFileSync(join(folder, 'study.db'), '');
    const { status, stderr } = run(command, folder);
    expect([stderr, status]).toEqual([`lossmith: ${LINE}`, 2]);
    expect(readdirSync(folder)).toEqual(['study.db']);
  });

  it('an experiment can be checked', () => {
    expect(run('validate', 'experiments/quickstart.yaml').status).toBe(0);
  });
});
