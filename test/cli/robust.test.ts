import { spawn, spawnSync, type SpawnSyncReturns, type StdioOptions } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedFolders } from '../../src/cli/data-folders.js';
import { LIST_KINDS } from '../../src/cli/list-kinds.js';
import { UserError } from '../../src/core/errors.js';
import { ONE_WORKER, ROOT, freshFolder, lossmith } from '../support/lossmith.js';

const TINY = `name: tiny
task: { name: mixture, size: 400 }
space: focal-gamma
training: { steps: 6, batchSize: 16, evaluations: 2 }
search: { trials: 2 }
controls: { random: false, textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
`;

function tiny(): { readonly folder: string; readonly file: string; readonly results: string } {
  const folder = freshFolder();
  const file = join(folder, 'tiny.yaml');
  writeFileSync(file, TINY);
  return { folder, file, results: join(folder, 'results') };
}

/** The exit code of a search whose output nobody reads: both streams are closed at once. */
function searchUnread(file: string, results: string): Promise<number | null> {
  const command = [join(ROOT, 'bin/lossmith.cjs'), 'search', file, '--results', results, '--workers', '1'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  child.stderr.destroy();
  return new Promise((resolve) => child.on('close', resolve));
}

describe('the command', () => {
  it.each(LIST_KINDS)('lists %s by name', async (kind) => {
    const { stdout } = await lossmith('list', kind, '--json');
    const names = (JSON.parse(stdout) as readonly { readonly name: string }[]).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual([...names].sort());
    const { stdout: one } = await lossmith('list', kind, names[0]!, '--json');
    expect(JSON.parse(one)).toMatchObject({ name: names[0], options: expect.any(Array) as unknown });
  });

  it('lists the options of one member, and says which names there are', async () => {
    const { stdout } = await lossmith('list', 'samplers', 'cma-es');
    expect(stdout).toMatch(/^cma-es: .*\nsource: .*\n\noption +values +default +meaning\n/);
    expect(stdout).toMatch(/^sigma +number > 0, ≤ 1 +0\.16\d+ +first standard deviation/m);
    expect(stdout).toMatch(/^population +whole number ≥ 2 +λ, trials/m);
    expect(stdout).toMatch(/^restart +none, ipop, bipop +"ipop" +after a run/m);
    expect((await lossmith('list', 'stopping-rules', 'target')).stdout).toMatch(
      /^score +number +required +primary metric/m,
    );
    expect((await lossmith('list', 'fidelity-policies', 'full')).stdout).toMatch(/no options/);
    expect((await lossmith('list', 'losses', 'focal')).stdout).toMatch(/^gamma +number ≥ 0/m);
    const { stdout: space } = await lossmith('list', 'spaces', 'classification-families');
    expect(space).toMatch(/^family +categorical: cross-entropy, /m);
    expect(space).toMatch(/^gamma +float ≥ 0, ≤ 5 +when family = focal or balanced-focal$/m);
    const wrong = await lossmith('list', 'samplers', 'tpee');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^lossmith: .*did you mean "tpe"/);
  });

  it.each([
    [['serach', 'a.yaml'], "unknown command 'serach'; did you mean search?"],
    [['search', 'a.yaml', '--worker', '2'], "unknown option '--worker'; did you mean --workers?"],
    [['search', 'a.yaml', '--seed', '9007199254740992'], /at least 0 and at most 9007199254740991\.$/],
    [['search', 'a.yaml', '--seed', '-1'], /Expected a whole number, at least 0\.$/],
  ])('says in one line what is wrong with %j', async (words, expected) => {
    const ended = await lossmith(...words);
    expect(ended.code).toBe(2);
    const [line, ...more] = ended.stderr.trimEnd().split('\n');
    expect(line).toMatch(expected);
    expect(more).toEqual([]);
  });

  it('goes on to the end when nobody reads what it prints, and resume of a finished study says so', async () => {
    const { file, results } = tiny();
    expect(await searchUnread(file, results)).toBe(0);
    const board = join(results, 'tiny/leaderboard.csv');
    const written = readFileSync(board, 'utf8');
    expect(written.split('\n').length).toBeGreaterThan(2);
    const again = await lossmith('resume', join(results, 'tiny'));
    expect(again.code).toBe(0);
    expect(again.stderr).toBe('lossmith: the study is finished; its files are written again\n');
    expect(again.stdout).toContain('best-loss.json');
    expect(readFileSync(board, 'utf8')).toBe(written);
  });

  it.each([
    [['--data', 'no-such-folder'], 'lossmith: --data: no such folder (found no-such-folder)\n'],
    [['--engine', 'abacus'], /^lossmith: --engine: unknown engine \(found "abacus", expected one of auto, /],
  ])('refuses %j, and writes nothing', async (options, message) => {
    const { file, results } = tiny();
    const ended = await lossmith('search', file, '--results', results, ...ONE_WORKER, ...options);
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(2);
    expect(existsSync(results)).toBe(false);
  });

  it('takes an empty LOSSMITH_DATA for none, and refuses folders that are none', () => {
    expect(namedFolders(undefined, { LOSSMITH_DATA: '' })).toBeUndefined();
    expect(namedFolders(undefined, { LOSSMITH_DATA: ROOT })).toEqual([resolve(ROOT)]);
    const file = join(ROOT, 'package.json');
    for (const named of ['', 'no-such-folder', file, join(file, 'below')]) {
      expect(() => namedFolders(named, {})).toThrow(UserError);
    }
  });

  it.each(['/proc/lossmith', join(ROOT, 'package.json'), join(ROOT, 'package.json/below')])(
    'says in one line that --results cannot be made: %s',
    async (results) => {
      const ended = await lossmith('search', tiny().file, '--results', results, ...ONE_WORKER);
      expect(ended.stderr).toMatch(/^lossmith: \S+: --results: the folder cannot be made \([^)]+\)\n$/);
      expect(ended.code).toBe(2);
    },
  );

  it.skipIf(!existsSync('/dev/full'))(
    'tells that the disk took no result, and needs no disk for messages',
    () => {
      const { file, results } = tiny();
      const full = openSync('/dev/full', 'w');
      const run = (stdio: StdioOptions): SpawnSyncReturns<string> =>
        spawnSync(
          process.execPath,
          [join(ROOT, 'bin/lossmith.cjs'), 'search', file, '--results', results, ...ONE_WORKER],
          { stdio, encoding: 'utf8' },
        );
      const lost = run(['ignore', full, 'pipe']);
      expect(lost.stderr).toMatch(/lossmith: the standard output cannot be written \(ENOSPC\)\n$/);
      expect(lost.status).toBe(2);
      expect(existsSync(join(results, 'tiny/leaderboard.csv'))).toBe(true);
      const unseen = run(['ignore', 'pipe', full]);
      expect(unseen.stdout).toContain('best-loss.json');
      expect(unseen.status).toBe(0);
      closeSync(full);
    },
  );

  it.each(['&a ~', '[]', '3', 'text'])('refuses the loss %j in one line', async (text) => {
    const { folder, file, results } = tiny();
    const loss = join(folder, 'loss.yaml');
    writeFileSync(loss, text);
    const ended = await lossmith('evaluate', file, '--loss', loss, '--results', results, ...ONE_WORKER);
    expect(ended.stderr).toMatch(/^lossmith: .*loss\.yaml:1:\d+: .*\n$/);
    expect(ended.code).toBe(2);
  });

  it.each([
    [
      '{"loss":{"name":"focal","parameters":{"gamma":-1}}}',
      '1:47: loss.parameters.gamma: the value is out of',
    ],
    [
      '{"loss":{"name":"focal","parameters":{"gama":1}}}',
      '1:39: loss.parameters.gama: unknown parameter of f',
    ],
    [
      '{"candidate":{"loss":\n{"name":"focl"}}}',
      '2:9: candidate.loss.name: unknown loss; did you mean "focal"?',
    ],
    [
      '{"loss":{"name":"symbolic","options":{"expression":"log(q)"}}}',
      '1:52: loss.options.expression: column 5',
    ],
    ['{"loss":{"name":"focal"},"learningRate":0}', '1:41: learningRate: the learning rate must be above 0'],
    ['[3]', '1:1: wrong type (found [3], expected a map)'],
    ['3', '1:1: wrong type (found 3, expected a map)'],
    ['{}', '1:1: loss: a loss is an object with a name'],
    ['{"loss":{"name":"focal"},"curriculum":3}', '1:39: curriculum: wrong type (found 3, expected a map)'],
    [
      '{"candidate":{"loss":{"name":"focal"}},"foundBy":3}',
      '1:50: foundBy: wrong type (found 3, expected a map',
    ],
  ])('points into the loss file: %s', async (text, message) => {
    const { folder, file, results } = tiny();
    const loss = join(folder, 'loss.json');
    writeFileSync(loss, text);
    const ended = await lossmith('evaluate', file, '--loss', loss, '--results', results, ...ONE_WORKER);
    expect(ended.stderr).toContain(`lossmith: ${loss}:${message}`);
    expect(ended.code).toBe(2);
  });
});
