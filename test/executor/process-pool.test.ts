import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/core/clock.js';
import { UserError } from '../../src/core/errors.js';
import type { Executor } from '../../src/executor/executor.js';
import { createProcessPool } from '../../src/executor/process-pool.js';

const orphaner = fileURLToPath(new URL('../fixtures/executor/orphaner.mjs', import.meta.url));
function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
const entry = fileURLToPath(new URL('../fixtures/executor/worker.mjs', import.meta.url));
type Job = { readonly do: string; readonly value?: number; readonly marker?: string };
let pool: Executor<Job, unknown> | undefined;
const open = (setup: unknown = {}, jobLimitMs = 20_000): Executor<Job, unknown> => {
  pool = createProcessPool<Job, unknown>({ entry, setup, workers: 2, jobLimitMs, clock: systemClock });
  return pool;
};
afterEach(async () => pool?.close());

describe('the process pool', () => {
  it('answers every job with its own answer, typed arrays included, whatever order they end in', async () => {
    const { run } = open();
    const results = await Promise.all(Array.from({ length: 20 }, (_, value) => run({ do: 'double', value })));
    results.forEach((result, value) => {
      expect(result).toMatchObject({
        state: 'answered',
        reply: { doubled: value * 2, values: Float32Array.of(value) },
      });
    });
  });

  it('gives each worker one thread', async () => {
    expect(await open().run({ do: 'threads' })).toMatchObject({ reply: '1' });
  });

  it('reports a job that throws by the first line, and goes on', async () => {
    const { run } = open();
    expect(await run({ do: 'throw' })).toMatchObject({
      state: 'failed',
      reason: 'threw',
      message: 'RangeError: bad loss',
    });
    expect(await run({ do: 'double', value: 4 })).toMatchObject({ state: 'answered' });
  });

  it('ends a job that never ends, and goes on', async () => {
    const { run } = open({}, 400);
    expect(await run({ do: 'hang' })).toMatchObject({ state: 'failed', reason: 'time-limit' });
    expect(await run({ do: 'double', value: 1 })).toMatchObject({ state: 'answered' });
  });

  it('ends a job of many shares after one limit without progress, and lets it go on while it has some', async () => {
    const { run } = open({}, 1500);
    const began = systemClock.now();
    expect(await run({ do: 'hang' }, 100)).toMatchObject({ state: 'failed', reason: 'time-limit' });
    expect(systemClock.now() - began).toBeLessThan(60_000);
    expect(await run({ do: 'progress', value: 6 }, 100)).toMatchObject({ state: 'answered' });
    expect(await run({ do: 'progress', value: 6 })).toMatchObject({ state: 'failed', reason: 'time-limit' });
  });

  it('takes a limit that is longer than a timer can be', async () => {
    expect(await open({}, 1e12).run({ do: 'double', value: 6 })).toMatchObject({ state: 'answered' });
  });

  it('does not outlive a parent that is killed, not even in a job that never ends', async () => {
    const parent = spawn(process.execPath, [orphaner], { stdio: ['ignore', 'pipe', 'inherit'] });
    const worker = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
    );
    expect(lives(worker)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(lives(worker)).toBe(false), { timeout: 15_000, interval: 100 });
  });

  it('ends without a word when what it has to say finds no parent', async () => {
    const parent = spawn(process.execPath, [orphaner, 'late'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    parent.stderr.on('data', (text: Buffer) => said.push(text));
    parent.stdout.once('data', () => parent.kill('SIGKILL'));
    // Closed when the worker, which has the same standard error, is gone, too.
    await new Promise((resolve) => parent.once('close', resolve));
    expect(Buffer.concat(said).toString()).toBe('');
  });

  it('does a job again whose process was killed, and gives it up when it dies again', async () => {
    const { run } = open();
    const marker = join(mkdtempSync(join(tmpdir(), 'lossmith-pool-')), 'marker');
    expect(await run({ do: 'die-once', marker })).toMatchObject({
      state: 'answered',
      reply: { survived: true },
    });
    expect(await run({ do: 'die' })).toMatchObject({ state: 'failed', reason: 'crashed' });
  });

  it('passes on why a worker cannot be set up: the user or a bug', async () => {
    const user = open({ fail: 'user' }).run({ do: 'double', value: 1 });
    await expect(user).rejects.toMatchObject({ code: 'data', place: { file: 'a.csv', line: 3 } });
    await expect(user).rejects.toBeInstanceOf(UserError);
    await pool?.close();
    await expect(open({ fail: 'bug' }).run({ do: 'double', value: 1 })).rejects.toThrow(
      /x is not a function/,
    );
  });

  it('cancels what runs and what waits when it is closed', async () => {
    const { run, close } = open();
    const running = [run({ do: 'hang' }), run({ do: 'hang' }), run({ do: 'double', value: 1 })];
    await new Promise((resolve) => setTimeout(resolve, 300));
    await close();
    expect(await Promise.all(running)).toEqual(Array.from({ length: 3 }, () => ({ state: 'cancelled' })));
  });
});
