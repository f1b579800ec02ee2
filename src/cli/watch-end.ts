import { awaitedNow } from '../core/awaited.js';
import { UserError } from '../core/errors.js';

/**
 * Sees a process that ends before its command does, which Node takes for success: when nothing is left that could
 * settle the promise that is awaited, or when the user's code ends the process.
 * @param onEarlyEnd called while the process exits; may set the exit code
 * @returns to be called when the command is done
 */
export function watchEnd(onEarlyEnd: (error: UserError) => void): () => void {
  let ranDry = false;
  const onDry = (): void => void (ranDry = true);
  const onExit = (code: number): void => onEarlyEnd(earlyEnd(ranDry, code));
  const done = (): void => {
    process.off('beforeExit', onDry);
    process.off('exit', onExit);
    process.off('uncaughtExceptionMonitor', done);
  };
  process.on('beforeExit', onDry);
  process.on('exit', onExit);
  // Node prints that itself, and exits with 1.
  process.on('uncaughtExceptionMonitor', done);
  return done;
}

function earlyEnd(ranDry: boolean, code: number): UserError {
  const { what = 'the command', place = {} } = awaitedNow() ?? {};
  return new UserError({
    code: 'plugin',
    message: ranDry ? `${what} waits for a promise that never settles` : `${what} ended the process`,
    place,
    ...(ranDry ? {} : { found: `process.exit(${code})` }),
  });
}
