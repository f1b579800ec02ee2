import { fork, type ChildProcess } from 'node:child_process';
import pLimit from 'p-limit';
import type { Clock } from '../core/clock.js';
import { UserError, type UserErrorCode } from '../core/errors.js';
import type { Executor, WorkResult } from './executor.js';
import type { FromWorker, ToWorker, WorkerError } from './worker-protocol.js';

export interface ProcessPoolOptions {
  /** Compiled module that calls `serveJobs`. */
  readonly entry: string;
  /** Handed to each worker once, before its first job. */
  readonly setup: unknown;
  readonly workers: number;
  /** Time limit of one job; the setup is not counted. */
  readonly jobLimitMs: number;
  readonly clock: Clock;
}

/**
 * One thread a process: parallelism comes from processes, and sums of floats must not depend on the machine's
 * number of cores. oneDNN picks kernels by processor, so it is off.
 */
const THREADS = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '2',
} as const;

interface Worker {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
}

function revive(error: WorkerError): Error {
  if (!error.user) return new Error(`a worker could not start\n${error.stack}`);
  return new UserError({
    code: error.code as UserErrorCode,
    message: error.message,
    place: error.place,
    ...(error.found === undefined ? {} : { found: error.found }),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
  });
}

function start(options: ProcessPoolOptions): Worker {
  const child = fork(options.entry, [], {
    serialization: 'advanced',
    env: { ...process.env, ...THREADS },
    // Options of the parent's Node (a debugger's port, text given with -e) are not for workers.
    execArgv: [],
    // What user code prints must not mix with the command's own output (which may be JSON).
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = new Promise<void>((resolve, reject) => {
    const onMessage = (message: FromWorker): void => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'setup-failed') reject(revive(message.error));
    };
    child.once('message', onMessage);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`a worker ended before it was ready (${signal ?? `exit code ${code}`})`));
    });
  });
  // Who waits for `ready` sees its failure; nobody may be waiting when the pool closes.
  ready.catch(() => undefined);
  send(child, { kind: 'setup', setup: options.setup });
  return { process: child, ready };
}

function send(child: ChildProcess, message: ToWorker): void {
  // A worker that died between two jobs shows itself by its 'exit' event; the callback only keeps Node from
  // throwing the same news.
  child.send(message, () => undefined);
}

async function stop(worker: Worker): Promise<void> {
  const child = worker.process;
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}

/** A timer that is to run longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Outcome of one attempt on one worker. */
type Attempt<Reply> =
  Exclude<WorkResult<Reply>, { state: 'cancelled' }> | { readonly state: 'died'; readonly how: string };

function attempt<Job, Reply>(
  worker: Worker,
  id: number,
  job: Job,
  limitMs: number,
  clock: Clock,
): Promise<Attempt<Reply>> {
  const began = clock.now();
  const child = worker.process;
  return new Promise((resolve) => {
    const finish = (outcome: Attempt<Reply>): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(outcome);
    };
    const onMessage = (message: FromWorker): void => {
      const durationMs = clock.now() - began;
      if (message.kind === 'reply' && message.id === id) {
        finish({ state: 'answered', reply: message.reply as Reply, durationMs });
      } else if (message.kind === 'threw' && message.id === id) {
        finish({ state: 'failed', reason: 'threw', message: message.message, durationMs });
      }
    };
    const onExit = (code: number | null, signal: string | null): void => {
      finish({ state: 'died', how: signal ?? `exit code ${code}` });
    };
    const timer = setTimeout(
      () => {
        finish({
          state: 'failed',
          reason: 'time-limit',
          message: `ended after ${limitMs / 1000} s`,
          durationMs: clock.now() - began,
        });
        child.kill('SIGKILL');
      },
      Math.min(limitMs, LONGEST_TIMER),
    );
    child.on('message', onMessage);
    child.on('exit', onExit);
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    else send(child, { kind: 'job', id, job });
  });
}

/** Attempts at a job whose process died: a kill from outside costs one, a job that kills its process both. */
const ATTEMPTS = 2;

/**
 * Forks `workers` processes and gives each one job at a time. A job that runs out of time costs its process,
 * which is replaced. Workers start with the first job that needs them.
 * `run` rejects only when a worker cannot be set up: a UserError where the input is to blame.
 */
export function createProcessPool<Job, Reply>(options: ProcessPoolOptions): Executor<Job, Reply> {
  const limit = pLimit(options.workers);
  const idle: Worker[] = [];
  const alive = new Set<Worker>();
  let closed = false;
  let nextId = 0;

  const acquire = (): Worker => {
    const waiting = idle.pop();
    if (waiting !== undefined) return waiting;
    const started = start(options);
    alive.add(started);
    return started;
  };
  const discard = async (worker: Worker): Promise<void> => {
    await stop(worker);
    alive.delete(worker);
  };

  const runOnce = async (job: Job, share: number): Promise<Attempt<Reply>> => {
    const worker = acquire();
    try {
      await worker.ready;
    } catch (error) {
      await discard(worker);
      throw error;
    }
    const limitMs = options.jobLimitMs * share;
    const result = await attempt<Job, Reply>(worker, nextId++, job, limitMs, options.clock);
    const broken = result.state === 'died' || (result.state === 'failed' && result.reason === 'time-limit');
    if (broken || closed) await discard(worker);
    else idle.push(worker);
    return result;
  };

  return {
    workers: options.workers,
    run: (job, share = 1) =>
      limit(async (): Promise<WorkResult<Reply>> => {
        let how = '';
        for (let tries = 0; tries < ATTEMPTS; tries++) {
          if (closed) return { state: 'cancelled' };
          let result: Attempt<Reply>;
          try {
            result = await runOnce(job, share);
          } catch (error) {
            // Closing kills workers that are still starting; that is no failure of theirs.
            if (closed) return { state: 'cancelled' };
            throw error;
          }
          if (result.state !== 'died') return result;
          how = result.how;
        }
        if (closed) return { state: 'cancelled' };
        return {
          state: 'failed',
          reason: 'crashed',
          message: `its process died twice (${how})`,
          durationMs: 0,
        };
      }),
    close: async () => {
      closed = true;
      await Promise.all([...alive].map((worker) => discard(worker)));
    },
  };
}
