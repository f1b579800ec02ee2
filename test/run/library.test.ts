import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { experimentJsonSchema } from '../../src/study/experiment-json-schema.js';
import { ONE_WORKER, ROOT, freshFolder, lossmith } from '../support/lossmith.js';

/** The examples of a page, in its order. */
const examples = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/```js\n(.*?)```/gs)].map((match) => match[1]!);

/** Runs a program as a module of this package: its own name resolves to it. */
const runProgram = (program: string): { readonly stdout: string; readonly stderr: string } =>
  spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT, encoding: 'utf8' });

const [searching, byHand] = examples(join(ROOT, 'docs/library.md'));

it('the program of docs/library.md runs and gives the bytes of the command', async () => {
  const folder = freshFolder();
  const ran = runProgram(searching!.replace("'results'", JSON.stringify(folder)));
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toMatch(
    /stage search\nstage selection\nstage test\n.*significant.*\n(search|random|plain|textbook)/s,
  );
  const by = freshFolder();
  const options = ['--trials', '9', '--results', by, '--quiet', ...ONE_WORKER];
  expect((await lossmith('search', 'experiments/quickstart.yaml', ...options)).code).toBe(0);
  for (const file of ['trials.csv', 'leaderboard.csv']) {
    const bytes = (results: string): string => readFileSync(join(results, 'quickstart', file), 'utf8');
    expect(bytes(folder)).toBe(bytes(by));
  }
});

it('the program of docs/library.md that asks and tells by hand finds the minimum', () => {
  const ran = runProgram(byHand!);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toMatch(/^\d+ \{ gamma: [12]\.\d+, alpha: 0\.\d+ \} true\n$/);
});

it('the program of docs/importance.md finds what mattered', () => {
  const ran = runProgram(examples(join(ROOT, 'docs/importance.md'))[0]!);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toMatch(/^1 gamma 0\.\d\d\n2 alpha 0\.\d\d\n$/);
});

it('experiments/experiment.schema.json is the schema of experiment files as they are', async () => {
  const committed: unknown = JSON.parse(
    readFileSync(join(ROOT, 'experiments/experiment.schema.json'), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(experimentJsonSchema())));
  const printed = await lossmith('schema', 'experiment');
  expect(JSON.parse(printed.stdout)).toEqual(committed);
});
