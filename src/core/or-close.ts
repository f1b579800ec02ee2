/**
 * What `body` gives; where it throws, what was opened for it is closed again.
 * @param close closes what is open
 */
export function orClose<Result>(close: () => void, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    close();
    throw error;
  }
}
