import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('worker.ts', import.meta.url));

export interface PoolOptions<Job, Result> {
  readonly jobs: readonly Job[];
  /** Processes side by side. */
  readonly workers: number;
  /** Told after each job. */
  readonly onDone: (job: Job, result: Result, done: number) => void;
}

/** Runs jobs in processes of their own (`worker.ts`), in order of the list as one becomes free. Results in its order. */
export async function runInPool<Job, Result>(options: PoolOptions<Job, Result>): Promise<readonly Result[]> {
  const { jobs, workers, onDone } = options;
  const results = new Array<Result>(jobs.length);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    if (next >= jobs.length) return;
    // Values that are infinite have no JSON form.
    const child = fork(SCRIPT, { serialization: 'advanced', execArgv: process.execArgv });
    try {
      while (next < jobs.length) {
        const index = next++;
        results[index] = await answer<Result>(child, jobs[index]!);
        done++;
        onDone(jobs[index]!, results[index], done);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

function answer<Result>(child: ChildProcess, job: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`a process of the bench ended with ${code ?? 'a signal'} at ${JSON.stringify(job)}`));
    child.once('exit', onExit);
    child.once('message', (result) => {
      child.off('exit', onExit);
      resolve(result as Result);
    });
    child.send(job as object);
  });
}
