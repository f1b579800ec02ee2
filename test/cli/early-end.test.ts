import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ONE_WORKER, freshFolder, lossmith } from '../support/lossmith.js';

const TASK = (load: string): string =>
  `export const tasks = [{ name: 'my-task', summary: 'mine', schema: { safeParse: () => ({ success: true, data: {} }) },
    load: ${load}, defaults() {} }];`;

/** The line and the exit code that come of an experiment with this module. */
async function endOf(module: string): Promise<readonly [line: string, code: number | null]> {
  const folder = freshFolder();
  writeFileSync(join(folder, 'mine.mjs'), module);
  const file = join(folder, 'mine.yaml');
  writeFileSync(file, 'name: mine\nuse: [./mine.mjs]\ntask: my-task\nspace: focal-gamma\n');
  const options = ['--results', join(folder, 'results'), ...ONE_WORKER];
  const { stdout, stderr, code } = await lossmith('search', file, ...options);
  expect(stdout).toBe('');
  return [stderr.replaceAll(`${folder}/`, ''), code];
}

describe('a command that ends before it is done is no success', () => {
  it.each([
    [
      'a module that never loads',
      'await new Promise(() => {});',
      'mine.mjs: the module waits for a promise that never settles',
    ],
    [
      'a module that ends the process',
      'process.exit(0);',
      'mine.mjs: the module ended the process (found process.exit(0))',
    ],
    [
      'a task that never loads',
      TASK('() => new Promise(() => {})'),
      'mine.yaml:3:7: task: the task "my-task" waits for a promise that never settles',
    ],
  ])('%s', async (_, module, line) => {
    expect(await endOf(module)).toEqual([`lossmith: ${line}\n`, 2]);
  });

  it('a promise that is rejected unseen is told once, by Node', async () => {
    const [text, code] = await endOf(
      "void Promise.reject(new Error('unseen')); await new Promise(() => {});",
    );
    expect(text).toContain('Error: unseen');
    expect(text).not.toContain('lossmith: ');
    expect(code).toBe(1);
  });
});
