/**
 * The code of an error of the operating system, `ENOENT`, `EACCES`, …
 * @throws the error itself where it is another: a bug must not pass for a full disk
 */
export function systemCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
