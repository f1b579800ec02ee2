import type { Clock } from '../core/clock.js';
import type { WorkResult } from './executor.js';
import { sendTo, type WorkerProcess } from './worker-process.js';
import type { FromWorker } from './worker-protocol.js';

/** A timer that is to run longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Outcome of one attempt on one worker. */
export type Attempt<Reply> =
  Exclude<WorkResult<Reply>, { state: 'cancelled' }> | { readonly state: 'died'; readonly how: string };

/** Gives a job to a worker that is ready; one that runs out of time is killed. */
export function attemptJob<Job, Reply>(
  worker: WorkerProcess,
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
    else sendTo(child, { kind: 'job', id, job });
  });
}
