import { workerData } from 'node:worker_threads';

// A thread of a worker process. Its main thread may be in a loop of the user's that never ends, and then hears
// nothing of a parent that was killed; this one sees it, and ends the process.

/** Milliseconds between two looks. */
const EVERY = 1000;

const parent = workerData as number;

function parentLives(): boolean {
  // On Windows an orphan keeps the number of its parent; elsewhere it gets another.
  if (process.ppid !== parent) return false;
  try {
    process.kill(parent, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

setInterval(() => {
  if (!parentLives()) process.kill(process.pid, 'SIGKILL');
}, EVERY);
