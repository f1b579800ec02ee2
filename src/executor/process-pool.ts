import pLimit from 'p-limit';
import type { Clock } from '../core/clock.js';
import { attemptJob, type Attempt } from './attempt-job.js';
import type { Executor, WorkResult } from './executor.js';
import { forkWorker, startWorker, stopWorker, WorkerEnded, type WorkerProcess } from './worker-process.js';
import { NONE_AHEAD, type WorkersAhead } from './workers-ahead.js';

export interface ProcessPoolOptions {
  /** Compiled module that calls `serveJobs`. */
  readonly entry: string;
  /** The first workers, where they were forked before. Those that nobody needs end when the pool closes. */
  readonly ahead?: WorkersAhead;
  /** Handed to each worker once, before its first job. */
  readonly setup: unknown;
  readonly workers: number;
  /** Time limit of one job; the setup is not counted. */
  readonly jobLimitMs: number;
  readonly clock: Clock;
}

/**
 * Attempts at a job whose process died: a kill from outside costs one, or two where it takes all workers; a job that
 * kills its process costs all.
 */
const ATTEMPTS = 3;

/**
 * Forks `workers` processes and gives each one job at a time. A job that runs out of time costs its process,
 * which is replaced. Workers start with the first job that needs them.
 * `run` rejects only when a worker cannot be set up: a UserError where the input is to blame.
 */
export function createProcessPool<Job, Reply>(options: ProcessPoolOptions): Executor<Job, Reply> {
  const { ahead = NONE_AHEAD } = options;
  const limit = pLimit(options.workers);
  const idle: WorkerProcess[] = [];
  const alive = new Set<WorkerProcess>();
  let closed = false;
  let nextId = 0;

  const acquire = (): WorkerProcess => {
    const waiting = idle.pop();
    if (waiting !== undefined) return waiting;
    const started = startWorker(ahead.take() ?? forkWorker(options.entry), options.setup);
    alive.add(started);
    return started;
  };
  const discard = async (worker: WorkerProcess): Promise<void> => {
    await stopWorker(worker.process);
    alive.delete(worker);
  };

  const runOnce = async (job: Job, share: number): Promise<Attempt<Reply>> => {
    const worker = acquire();
    try {
      await worker.ready;
    } catch (error) {
      await discard(worker);
      if (error instanceof WorkerEnded) return { state: 'died', how: error.how, starting: true };
      throw error;
    }
    const limits = { wholeMs: options.jobLimitMs * share, silenceMs: options.jobLimitMs };
    const result = await attemptJob<Job, Reply>(worker, nextId++, job, limits, options.clock);
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
          if (result.starting === true && tries === ATTEMPTS - 1) throw new WorkerEnded(result.how);
          how = result.how;
        }
        if (closed) return { state: 'cancelled' };
        return {
          state: 'failed',
          reason: 'crashed',
          message: `its process died ${ATTEMPTS} times (${how})`,
          durationMs: 0,
        };
      }),
    close: async () => {
      closed = true;
      const ends = [...alive].map((worker) => discard(worker));
      for (let unused = ahead.take(); unused !== undefined; unused = ahead.take())
        ends.push(stopWorker(unused));
      await Promise.all(ends);
    },
  };
}
