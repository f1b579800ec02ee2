import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../src/core/errors.js';

/** Jobs whose results outlive a run, so that what takes hours can be stopped at any time and gone on with. */
export interface KeptJobs<Job, Result> {
  find(job: Job): Result | undefined;
  keep(job: Job, result: Result): void;
}

export const NOTHING_KEPT: KeptJobs<unknown, never> = { find: () => undefined, keep: () => undefined };

/**
 * Jobs in a file: a line that names the code they ran on, then a line for each. A line that was cut off is left out.
 * @param code results of other code are not taken
 * @throws UserError `usage` where the file was written by other code
 */
export function keptJobs<Job, Result>(file: string, code: string): KeptJobs<Job, Result> {
  const known = new Map<string, Result>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  const [first, ...done] = lines;
  if (first === undefined) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ code })}\n`);
  } else if ((JSON.parse(first) as { code?: string }).code !== code) {
    throw new UserError({
      code: 'usage',
      message: '--keep names results of other code or another Node',
      found: file,
      expected: 'an empty folder, or one that this code wrote',
    });
  } else {
    // What follows the last end of a line was cut off.
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  }
  for (const line of done) {
    const { job, result } = JSON.parse(line, revive) as { job: Job; result: Result };
    known.set(JSON.stringify(job), result);
  }
  return {
    find: (job) => known.get(JSON.stringify(job)),
    keep: (job, result) => appendFileSync(file, `${JSON.stringify({ job, result }, replace)}\n`),
  };
}

/** Infinity has no JSON form. */
const replace = (_: string, value: unknown): unknown => (value === Infinity ? 'Infinity' : value);
const revive = (_: string, value: unknown): unknown => (value === 'Infinity' ? Infinity : value);

/** A text that differs where the sources of these folders or Node do: results of others are not the same bytes. */
export function codeOf(folders: readonly string[]): string {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((one) => one.endsWith('.ts')).sort()) {
      hash.update(`\0${file}\0`).update(readFileSync(path.join(folder, file)));
    }
  }
  return hash.digest('hex');
}
