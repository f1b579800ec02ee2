import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { experimentJsonSchema } from '../../src/study/experiment-json-schema.js';
import { ROOT, freshFolder, lossmith } from '../support/lossmith.js';

const example = (file: string): string => /```js\n(.*?)```/s.exec(readFileSync(file, 'utf8'))![1]!;

it('the program of docs/library.md runs and gives the bytes of the command', async () => {
  const folder = freshFolder();
  const program = example(join(ROOT, 'docs/library.md')).replace("'results'", JSON.stringify(folder));
  // As a module of this package: its own name resolves to it.
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toMatch(
    /stage search\nstage selection\nstage test\n.*significant.*\n(search|random|plain|textbook)/s,
  );
  const by = freshFolder();
  const command = ['search', 'experiments/quickstart.yaml', '--trials', '9', '--results', by, '--quiet'];
  expect((await lossmith(...command)).code).toBe(0);
  for (const file of ['trials.csv', 'leaderboard.csv']) {
    const bytes = (results: string): string => readFileSync(join(results, 'quickstart', file), 'utf8');
    expect(bytes(folder)).toBe(bytes(by));
  }
});

it('experiments/experiment.schema.json is the schema of experiment files as they are', async () => {
  const committed: unknown = JSON.parse(
    readFileSync(join(ROOT, 'experiments/experiment.schema.json'), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(experimentJsonSchema())));
  const printed = await lossmith('schema', 'experiment');
  expect(JSON.parse(printed.stdout)).toEqual(committed);
});
