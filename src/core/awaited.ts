import type { Place } from './errors.js';

/** Code of a user that is being awaited. */
export interface Awaited {
  /** As the subject of a sentence: `the module`, `the task "circle"`. */
  readonly what: string;
  readonly place: Place;
}

const pending: Awaited[] = [];

/**
 * Awaits a promise of the user's code, which may never settle, or end the process: where the process ends meanwhile,
 * {@link awaitedNow} says for what it waited. Changes nothing else.
 */
export async function awaiting<Result>(work: Awaited, promise: Promise<Result>): Promise<Result> {
  pending.push(work);
  try {
    return await promise;
  } finally {
    pending.splice(pending.indexOf(work), 1);
  }
}

/** What was awaited last and has not settled. */
export const awaitedNow = (): Awaited | undefined => pending.at(-1);
