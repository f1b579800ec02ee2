import { fork, type ChildProcess } from 'node:child_process';
import { UserError, type UserErrorCode } from '../core/errors.js';
import type { FromWorker, ToWorker, WorkerError } from './worker-protocol.js';

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

/** A worker ended before it was ready. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
  /** By which signal, or with which exit code. */
  readonly how: string;
  constructor(how: string) {
    super(`a worker ended before it was ready (${how})`);
    this.how = how;
  }
}

/** A worker process. `ready` settles when it is set up, with the reason where it cannot be. */
export interface WorkerProcess {
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

/**
 * Forks a worker, which loads its modules and waits for its setup.
 * @param entry compiled module that calls `serveJobs`
 */
export function forkWorker(entry: string): ChildProcess {
  return fork(entry, [], {
    serialization: 'advanced',
    env: { ...process.env, ...THREADS },
    // Options of the parent's Node (a debugger's port, text given with -e) are not for workers.
    execArgv: [],
    // What user code prints must not mix with the command's own output (which may be JSON).
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** Hands a forked worker its setup. */
export function startWorker(child: ChildProcess, setup: unknown): WorkerProcess {
  const ready = new Promise<void>((resolve, reject) => {
    const onMessage = (message: FromWorker): void => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'setup-failed') reject(revive(message.error));
    };
    child.once('message', onMessage);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new WorkerEnded(signal ?? `exit code ${code}`));
    });
  });
  // Who waits for `ready` sees its failure; nobody may be waiting when the pool closes.
  ready.catch(() => undefined);
  sendTo(child, { kind: 'setup', setup });
  return { process: child, ready };
}

export function sendTo(child: ChildProcess, message: ToWorker): void {
  // A worker that died between two jobs shows itself by its 'exit' event; the callback only keeps Node from
  // throwing the same news.
  child.send(message, () => undefined);
}

/** Whether a process has ended, or never began. */
export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Kills a worker's process and waits until it is gone. */
export async function stopWorker(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}
