import { Worker } from 'node:worker_threads';
import { UserError } from '../core/errors.js';
import { dropUnreadOutput } from './drop-unread-output.js';
import { firstLine } from './first-line.js';
import type { FromWorker, ToWorker, WorkerError } from './worker-protocol.js';

function describe(error: unknown): WorkerError {
  if (error instanceof UserError) {
    return {
      user: true,
      code: error.code,
      message: error.message,
      place: { ...error.place },
      found: error.found,
      expected: error.expected,
    };
  }
  return { user: false, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Does a job. */
type Work<Job, Reply> = (job: Job, progress: () => void) => Promise<Reply>;

/**
 * The worker's side of the pool: sets up once, then answers jobs one after another until the parent goes.
 * @param setUp makes the function that does the jobs from what the parent sent. It calls `progress` whenever a part of
 *   a job is done.
 */
export function serveJobs<Setup, Job, Reply>(setUp: (setup: Setup) => Promise<Work<Job, Reply>>): void {
  dropUnreadOutput();
  new Worker(new URL('../executor/watch-parent.js', import.meta.url), { workerData: process.ppid }).unref();
  const tell = (message: FromWorker): void => {
    // A parent that was killed is known by the first message that it does not take, or by `disconnect`.
    process.send?.(message, undefined, undefined, (error) => {
      if (error instanceof Error) process.exit(0);
    });
  };
  let work: Promise<Work<Job, Reply>> | undefined;
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'setup') {
      work = setUp(message.setup as Setup);
      work.then(
        () => tell({ kind: 'ready' }),
        (error: unknown) => tell({ kind: 'setup-failed', error: describe(error) }),
      );
      return;
    }
    if (work === undefined) throw new Error('a job came before the setup');
    work
      .then((run) => run(message.job as Job, () => tell({ kind: 'progress', id: message.id })))
      .then(
        (reply) => tell({ kind: 'reply', id: message.id, reply }),
        (error: unknown) => tell({ kind: 'threw', id: message.id, message: firstLine(error) }),
      );
  });
  // Ctrl-C reaches the whole process group; the parent decides what happens to its workers.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(0));
  if (!process.connected) process.exit(0);
}
