import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/run/check-options.js';

describe('the numbers of the options of a run', () => {
  it('are whole and in range', () => {
    for (const options of [{}, { workers: 1, trials: 1, seed: 0 }, { trials: 1_000_000 }]) {
      expect(() => checkOptions(options)).not.toThrow();
    }
    for (const [options, found] of [
      [{ workers: 0 }, '0'],
      [{ workers: Infinity }, '.inf'],
      [{ trials: 2.5 }, '2.5'],
      [{ trials: -1 }, '-1'],
      [{ trials: 1_000_001 }, '1000001'],
      [{ seed: -3 }, '-3'],
    ] as const) {
      expect(() => checkOptions(options)).toThrow(expect.objectContaining({ code: 'usage', found }) as Error);
    }
  });

  it('name one loss', () => {
    const candidate = { loss: { name: 'focal' } };
    expect(() => checkOptions({ candidate })).not.toThrow();
    expect(() => checkOptions({ loss: 'best-loss.json' })).not.toThrow();
    expect(() => checkOptions({ candidate, loss: 'best-loss.json' })).toThrow(/two losses/);
  });
});
