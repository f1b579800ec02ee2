import type { ChildProcess } from 'node:child_process';
import { forkWorker, hasEnded } from './worker-process.js';

/** Workers that load their modules while their parent still reads its input. */
export interface WorkersAhead {
  /** One that lives and that nobody has taken yet; undefined where there is none. */
  take(): ChildProcess | undefined;
}

/** No workers: each is forked when it is needed. */
export const NONE_AHEAD: WorkersAhead = { take: () => undefined };

/**
 * Forks workers at once. They hold nothing up: a parent that ends without having taken them takes them along.
 * @param entry compiled module that calls `serveJobs`
 */
export function forkAhead(entry: string, count: number): WorkersAhead {
  const waiting = Array.from({ length: count }, () => {
    const child = forkWorker(entry);
    // One that cannot start, or has ended, is not handed out.
    child.on('error', () => undefined);
    child.unref();
    child.channel?.unref();
    return child;
  });
  return {
    take: () => {
      for (let child = waiting.pop(); child !== undefined; child = waiting.pop()) {
        if (child.pid === undefined || hasEnded(child)) continue;
        child.ref();
        child.channel?.ref();
        return child;
      }
      return undefined;
    },
  };
}
