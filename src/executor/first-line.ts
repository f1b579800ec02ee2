import { UserError } from '../core/errors.js';

/**
 * First line of what was thrown: the journal keeps the reason, not the stack or the paths of this machine. Of what a
 * function of the user's threw: the cause.
 */
export function firstLine(thrown: unknown): string {
  const error: unknown = thrown instanceof UserError ? (thrown.cause ?? thrown) : thrown;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.split('\n', 1)[0] ?? '';
}
