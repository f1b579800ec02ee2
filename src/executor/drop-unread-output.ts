/** What the system says of a reader that went away: a pipe (`| head`), a stream already given up, a terminal. */
const GONE = ['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO'];

/**
 * Output that cannot be written is dropped, and the work goes on: a study of hours must not end because nobody reads
 * what it prints. A reader that goes away is no fault.
 * @param onLost told the system's code where the standard output is lost otherwise (a full disk): that is a result
 *   which the user waits for
 */
export function dropUnreadOutput(onLost: (code: string) => void = () => undefined): void {
  process.stdout.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
    if (!GONE.includes(code)) onLost(code);
  });
  // There is nowhere left to say that messages are lost.
  process.stderr.on('error', () => undefined);
}
