import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT, freshFolder } from '../support/lossmith.js';

const TRACE = pathToFileURL(join(ROOT, 'test/fixtures/cli/trace-loads.mjs')).href;
const BASE = pathToFileURL(ROOT).href;

/** Packages of which the command imports modules. */
function loadedBy(...line: readonly string[]): readonly string[] {
  const list = join(freshFolder(), 'loads');
  const ended = spawnSync(process.execPath, ['--import', TRACE, join(ROOT, 'bin/lossmith.cjs'), ...line], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LOSSMITH_TEST_LOADS: list },
  });
  expect(ended.status, ended.stderr).toBe(0);
  const names = readFileSync(list, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith(BASE))
    .map((url) => {
      const parts = url
        .slice(BASE.length)
        .replace(/^node_modules\//, '')
        .split('/');
      return parts[0]!.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
    });
  // Whether the entry, which is CommonJS, is among them depends on the version of Node; `scripts` is its check of that.
  return [...new Set(names)].filter((name) => !['bin', 'scripts', 'dist'].includes(name)).sort();
}

describe('what the command loads', () => {
  it.each([[['--help']], [['search', '--help']], [['--version']]])(
    'for %j: commander, and no more',
    (line) => {
      expect(loadedBy(...line)).toEqual(['commander']);
    },
  );

  it('to check an experiment: no database, no linear algebra, no compiler, and nothing that draws', () => {
    const loaded = loadedBy('validate', 'experiments/quickstart.yaml');
    // Which shows that packages are seen, be they imported or required.
    expect(loaded).toEqual(expect.arrayContaining(['zod', '@tensorflow/tfjs-core']));
    for (const name of ['libsql', 'ml-matrix', 'protobufjs', 'cli-progress', 'linkedom']) {
      expect(loaded).not.toContain(name);
    }
  });

  it('for TypeScript of a user that imports lossmith: no second copy, whatever tsconfig.json says here', () => {
    const loaded = loadedBy('validate', 'test/fixtures/user/mine.yaml');
    expect(loaded).toContain('tsx');
    expect(loaded).not.toContain('src');
  });
});
