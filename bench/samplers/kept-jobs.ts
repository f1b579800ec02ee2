import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
} from 'node:fs';
import path from 'node:path';
import { UserError } from '../../src/core/errors.js';

/** Jobs whose results outlive a run, so that what takes hours can be stopped at any time and gone on with. */
export interface KeptJobs<Job, Result> {
  find(job: Job): Result | undefined;
  keep(job: Job, result: Result): void;
}

export const NOTHING_KEPT: KeptJobs<unknown, never> = { find: () => undefined, keep: () => undefined };

/**
 * Jobs in a file, for one run at a time: a line that names the code they ran on, then a line for each. What was cut off
 * at its end is taken away, nothing else is ever changed.
 * @param code results of other code are not taken
 * @throws UserError `usage` where the file is of other code, or of something else
 */
export function keptJobs<Job, Result>(file: string, code: string): KeptJobs<Job, Result> {
  const known = new Map<string, Result>();
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').slice(0, -1);
  const header = `${JSON.stringify({ code })}\n`;
  if (whole === '' && !header.startsWith(text)) throw notOurs(file, 1);
  lines.forEach((line, index) => {
    const record = recordIn(line);
    if (index === 0 ? record?.code !== code : record?.job === undefined) throw notOurs(file, index + 1);
    if (index > 0) known.set(JSON.stringify(record!.job), record!.result as Result);
  });
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  if (whole === '') {
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, header);
  }
  return {
    find: (job) => known.get(JSON.stringify(job)),
    keep: (job, result) => {
      known.set(JSON.stringify(job), result);
      appendFileSync(file, `${JSON.stringify({ job, result }, replace)}\n`);
    },
  };
}

interface Line {
  readonly code?: unknown;
  readonly job?: unknown;
  readonly result?: unknown;
}

function recordIn(line: string): Line | undefined {
  try {
    return JSON.parse(line, revive) as Line;
  } catch {
    return undefined;
  }
}

const notOurs = (file: string, line: number): UserError =>
  new UserError({
    code: 'usage',
    message: '--keep names a folder that this code, on this Node, did not write',
    place: { file, line },
    expected: 'an empty folder, or one that it wrote',
  });

/** Numbers that are not finite have no JSON form. */
const replace = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;

const revive = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$number' in value ? Number(value.$number) : value;

/** A text that differs where these sources or Node do: results of others may not be the same bytes. */
export function codeOf(sources: readonly string[]): string {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const source of sources) {
    const isFile = statSync(source).isFile();
    const files = isFile ? [''] : readdirSync(source, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((one) => isFile || one.endsWith('.ts')).sort()) {
      hash.update(`\0${file}\0`).update(readFileSync(path.join(source, file)));
    }
  }
  return hash.digest('hex');
}
