import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/core/clock.js';
import type { Executor } from '../../src/executor/executor.js';
import { createProcessPool } from '../../src/executor/process-pool.js';
import { freshFolder } from '../support/lossmith.js';
import { forkAhead, type WorkersAhead } from '../../src/executor/workers-ahead.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/executor/${name}`, import.meta.url));
const entry = fixture('worker.mjs');

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
const gone = (pid: number): Promise<void> =>
  vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 15_000, interval: 50 });

let pool: Executor<{ readonly do: string }, number> | undefined;
const open = (ahead: WorkersAhead) => {
  pool = createProcessPool({ entry, setup: {}, workers: 1, ahead, jobLimitMs: 20_000, clock: systemClock });
  return pool;
};
afterEach(async () => {
  vi.unstubAllEnvs();
  await pool?.close();
});

const pidIn = (marker: string): Promise<number> =>
  vi.waitFor(
    () => {
      const pid = Number(readFileSync(marker, 'utf8'));
      expect(pid).toBeGreaterThan(0);
      return pid;
    },
    { timeout: 15_000, interval: 50 },
  );

/** Workers ahead, and the ids of those that were taken. */
function watched(count: number): { readonly ahead: WorkersAhead; readonly pids: number[] } {
  const pids: number[] = [];
  const forked = forkAhead(entry, count);
  const take = () => {
    const child = forked.take();
    if (child?.pid !== undefined) pids.push(child.pid);
    return child;
  };
  return { ahead: { take }, pids };
}

describe('workers that are forked ahead', () => {
  it('do the first jobs, and those that nobody needs end with the pool', async () => {
    const { ahead, pids } = watched(2);
    const { run, close } = open(ahead);
    expect(await run({ do: 'pid' })).toMatchObject({ state: 'answered', reply: pids[0] });
    await close();
    expect(pids).toHaveLength(2);
    for (const pid of pids) await gone(pid);
  });

  it('are not handed out when they have ended', async () => {
    const marker = join(freshFolder(), 'pid');
    vi.stubEnv('LOSSMITH_TEST_MARKER', marker);
    vi.stubEnv('LOSSMITH_TEST_ENDS', '1');
    const ahead = forkAhead(fixture('marked.mjs'), 1);
    await gone(await pidIn(marker));
    // The process is reaped; the news of it is on its way.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ahead.take()).toBeUndefined();
    expect(await open(ahead).run({ do: 'pid' })).toMatchObject({ state: 'answered' });
  });

  it('end with a parent that never took them, and hold it up for no moment', async () => {
    const marker = join(freshFolder(), 'pid');
    const parent = spawn(process.execPath, [fixture('ahead.mjs')], {
      stdio: 'inherit',
      env: { ...process.env, LOSSMITH_TEST_MARKER: marker },
    });
    expect(await new Promise((resolve) => parent.once('close', resolve))).toBe(0);
    await gone(await pidIn(marker));
  });
});

it('a worker that ends at its start is replaced, and the run says so where none starts', async () => {
  const marker = join(freshFolder(), 'pid');
  vi.stubEnv('LOSSMITH_TEST_MARKER', marker);
  vi.stubEnv('LOSSMITH_TEST_ENDS', '1');
  const common = { setup: {}, workers: 1, jobLimitMs: 20_000, clock: systemClock };
  pool = createProcessPool({ ...common, entry: fixture('marked.mjs') });
  await expect(pool.run({ do: 'pid' })).rejects.toThrow('a worker ended before it was ready (exit code 0)');
  // The first one ends, as its environment says; the next does not.
  const first = forkAhead(fixture('marked.mjs'), 1).take();
  vi.unstubAllEnvs();
  let given = first;
  const ahead: WorkersAhead = {
    take: () => {
      const child = given;
      given = undefined;
      return child;
    },
  };
  pool = createProcessPool({ ...common, entry, ahead });
  expect(await pool.run({ do: 'pid' })).toMatchObject({ state: 'answered' });
});
