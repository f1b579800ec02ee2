import { describe, expect, it } from 'vitest';
import type { EngineSession } from '../../src/engine/engine.js';
import type { BuiltLoss } from '../../src/losses/built-loss.js';
import { createSessionCache } from '../../src/trial/session-cache.js';

const lossOf = (structure: string): BuiltLoss => ({
  structure,
  slots: [],
  learned: [],
  perSample: () => {
    throw new Error('nothing is trained here');
  },
});

/** A cache of sessions that only note when they are opened and closed. */
function notedCache() {
  const open = new Set<string>();
  let prepared = 0;
  const cache = createSessionCache(async ({ structure }) => {
    if (structure === 'bad') throw new Error('cannot be prepared');
    prepared++;
    open.add(structure);
    return { dispose: () => open.delete(structure) } as unknown as EngineSession;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { cache, open, settle, prepared: () => prepared };
}

describe('the session cache', () => {
  it('prepares a structure once, also for two users at a time', async () => {
    const { cache, prepared } = notedCache();
    const sessions = await Promise.all(
      ['a', 'a', 'b', 'a'].map((structure) => cache.use(lossOf(structure), async (session) => session)),
    );
    expect(prepared()).toBe(2);
    expect(sessions[0]).toBe(sessions[3]);
    expect(sessions[0]).not.toBe(sessions[2]);
  });

  it('closes the ones used longest ago, never one in use', async () => {
    const { cache, open, settle } = notedCache();
    await cache.use(lossOf('first'), async () => {
      for (let index = 0; index < 100; index++)
        await cache.use(lossOf(`other ${index}`), async () => undefined);
      await settle();
      expect(open.has('first')).toBe(true);
      expect(open.has('other 99')).toBe(true);
      expect(open.has('other 0')).toBe(false);
      expect(open.size).toBeLessThan(40);
    });
    cache.dispose();
    await settle();
    expect(open.size).toBe(0);
  });

  it('tells of a session that cannot be prepared, each time it is asked for', async () => {
    const { cache } = notedCache();
    const use = () => cache.use(lossOf('bad'), async () => undefined);
    await expect(use()).rejects.toThrow('cannot be prepared');
    await expect(use()).rejects.toThrow('cannot be prepared');
  });
});
