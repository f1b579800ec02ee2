import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { report } from './report.js';

/**
 * How training scales with cores: processes that each train a cohort of 16, all at once, as workers do. Microseconds
 * per trial and step, over all processes.
 */
const ROUNDS = 5;
const PROCESSES = [1, 2];
const COHORT = fileURLToPath(new URL('one-cohort.ts', import.meta.url));

/** Runs one process; what it prints is its own microseconds per trial and step. */
const cohort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', COHORT, '16'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Number(text));
      else reject(new Error(`exit code ${code}`));
    });
  });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const times = PROCESSES.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, count] of PROCESSES.entries()) {
    const each = await Promise.all(Array.from({ length: count }, cohort));
    times[index]!.push(each.reduce((sum, one) => sum + one, 0) / count / count);
  }
  process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
}
report(
  'cores',
  PROCESSES.map((count, index) => ({
    group: 'MLP 20-64-64-1, batch 128, focal, Adam, cohorts of 16',
    name: count === 1 ? 'one process' : `${count} processes at once`,
    microseconds: median(times[index]!),
  })),
);
