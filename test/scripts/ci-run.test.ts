import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, freshFolder } from '../support/lossmith.js';

it('.ci/run ends with the counts of all test runs: skipped ones, then passed and failed alone', () => {
  const program = /^node -e '\n(.*?)^' /ms.exec(readFileSync(join(ROOT, '.ci/run'), 'utf8'))![1]!;
  const folder = freshFolder();
  const reports = [
    { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 },
    { numPassedTests: 4, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 },
  ].map((counts, index) => {
    const file = join(folder, `tests-${index}.json`);
    writeFileSync(file, JSON.stringify(counts));
    return file;
  });
  const ended = spawnSync(process.execPath, ['-e', program, ...reports], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  expect(ended.stdout).toBe('3 skipped\n11 passed, 1 failed\n');
});
