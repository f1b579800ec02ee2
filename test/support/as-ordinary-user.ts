/** An account that owns nothing: `nobody` on most systems. */
const NOBODY = 65534;

/** Runs `body` without the rights of root, to whom no folder is read-only. */
export function asOrdinaryUser<Result>(body: () => Result): Result {
  if (process.geteuid?.() !== 0) return body();
  process.seteuid?.(NOBODY);
  try {
    return body();
  } finally {
    process.seteuid?.(0);
  }
}
