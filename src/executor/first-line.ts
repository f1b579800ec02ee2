import { UserError } from '../core/errors.js';

function textOf(error: unknown): string {
  if (error instanceof UserError) {
    const { message, found, expected } = error;
    const facts = [found && `found ${found}`, expected && `expected ${expected}`].filter(Boolean);
    return facts.length === 0 ? message : `${message} (${facts.join(', ')})`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/**
 * First line of what was thrown: the journal keeps the reason, not the stack or the paths of this machine. Of what a
 * function of the user's threw: the cause.
 */
export function firstLine(thrown: unknown): string {
  const error: unknown = thrown instanceof UserError ? (thrown.cause ?? thrown) : thrown;
  const text = textOf(error);
  return text.split('\n', 1)[0] ?? '';
}
