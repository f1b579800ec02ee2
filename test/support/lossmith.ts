import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * For studies that are not about workers: each is a process that takes longer to start than a small study to run.
 */
export const ONE_WORKER = ['--workers', '1'] as const;

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'lossmith-cli-'));

/** Starts the compiled command as a user would. */
export function start(...commandArguments: readonly string[]): {
  child: ChildProcess;
  done: Promise<CommandResult>;
} {
  const child = spawn(process.execPath, [join(ROOT, 'bin/lossmith.cjs'), ...commandArguments], { cwd: ROOT });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const done = new Promise<CommandResult>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, done };
}

export const lossmith = (...commandArguments: readonly string[]): Promise<CommandResult> =>
  start(...commandArguments).done;
