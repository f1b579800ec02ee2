import type { Clock } from '../core/clock.js';
import type { WorkResult } from './executor.js';
import { hasEnded, sendTo, type WorkerProcess } from './worker-process.js';
import type { FromWorker } from './worker-protocol.js';

/** A timer that is to run longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Outcome of one attempt on one worker. */
export type Attempt<Reply> =
  | Exclude<WorkResult<Reply>, { state: 'cancelled' }>
  | { readonly state: 'died'; readonly how: string; readonly starting?: true };

/** How long a job may take, in milliseconds. */
export interface JobLimits {
  readonly wholeMs: number;
  /** From one sign of progress to the next. */
  readonly silenceMs: number;
}

/** Gives a job to a worker that is ready; one that runs out of time, or shows no progress, is killed. */
export function attemptJob<Job, Reply>(
  worker: WorkerProcess,
  id: number,
  job: Job,
  limits: JobLimits,
  clock: Clock,
): Promise<Attempt<Reply>> {
  const began = clock.now();
  const child = worker.process;
  return new Promise((resolve) => {
    const finish = (outcome: Attempt<Reply>): void => {
      clearTimeout(whole);
      clearTimeout(silence);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(outcome);
    };
    const onMessage = (message: FromWorker): void => {
      const durationMs = clock.now() - began;
      if (message.kind === 'progress' && message.id === id) {
        silence.refresh();
      } else if (message.kind === 'reply' && message.id === id) {
        finish({ state: 'answered', reply: message.reply as Reply, durationMs });
      } else if (message.kind === 'threw' && message.id === id) {
        finish({ state: 'failed', reason: 'threw', message: message.message, durationMs });
      }
    };
    const onExit = (code: number | null, signal: string | null): void => {
      finish({ state: 'died', how: signal ?? `exit code ${code}` });
    };
    const endAfter = (limitMs: number): NodeJS.Timeout =>
      setTimeout(
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
    const whole = endAfter(limits.wholeMs);
    const silence = endAfter(limits.silenceMs);
    child.on('message', onMessage);
    child.on('exit', onExit);
    if (hasEnded(child)) onExit(child.exitCode, child.signalCode);
    else sendTo(child, { kind: 'job', id, job });
  });
}
