import { UserError } from './errors.js';

/**
 * The code of an error of the operating system, `ENOENT`, `EACCES`, …
 * @throws the error itself where it is another: a bug must not pass for a full disk
 */
export function systemCode(error: unknown): string {
  if (error instanceof Error && 'syscall' in error && 'code' in error) return String(error.code);
  throw error;
}

/**
 * What `body` gives.
 * @param message one sentence: what could not be done to the file or folder
 * @throws UserError `study` with the operating system's reason; other errors as they are
 */
export function withSystem<Result>(file: string, message: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw new UserError({ code: 'study', message: `${message} (${systemCode(error)})`, place: { file } });
  }
}
