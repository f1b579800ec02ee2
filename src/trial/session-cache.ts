import type { EngineSession } from '../engine/engine.js';
import type { BuiltLoss } from '../losses/built-loss.js';

/** Sessions that are kept for the next trial with the same graph. */
const CAPACITY = 32;

/** Sessions of one engine on one task with one setup, so that the structure of the loss names the graph. */
export interface SessionCache {
  /** Hands the session of a loss to `body`; it stays open at least until `body` has ended. */
  use<Result>(loss: BuiltLoss, body: (session: EngineSession) => Promise<Result>): Promise<Result>;
  /** Closes all sessions. */
  dispose(): void;
}

interface Entry {
  readonly session: Promise<EngineSession>;
  users: number;
}

/**
 * A cache of sessions by the structure of their loss; the least recently used ones are closed first.
 * @param tell gets the note of each session that has one
 */
export function createSessionCache(
  prepare: (loss: BuiltLoss) => Promise<EngineSession>,
  tell: (note: string) => void = () => undefined,
): SessionCache {
  const open = async (loss: BuiltLoss): Promise<EngineSession> => {
    const session = await prepare(loss);
    if (session.note !== undefined) tell(session.note);
    return session;
  };
  // A Map iterates in the order of insertion: the entry used last is moved to the end.
  const entries = new Map<string, Entry>();
  const close = (entry: Entry): void => {
    entry.session.then(
      (session) => session.dispose(),
      () => undefined, // it never opened, which whoever asked for it was told
    );
  };
  const shrink = (): void => {
    for (const [key, entry] of entries) {
      if (entries.size <= CAPACITY) return;
      if (entry.users > 0) continue;
      entries.delete(key);
      close(entry);
    }
  };
  return {
    use: async (loss, body) => {
      const key = loss.structure;
      const entry = entries.get(key) ?? { session: open(loss), users: 0 };
      entries.delete(key);
      entries.set(key, entry);
      entry.users++;
      try {
        const session = await entry.session.catch((error: unknown) => {
          if (entries.get(key) === entry) entries.delete(key);
          throw error;
        });
        return await body(session);
      } finally {
        entry.users--;
        shrink();
      }
    },
    dispose: () => {
      for (const entry of entries.values()) close(entry);
      entries.clear();
    },
  };
}
