import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asha } from '../../src/fidelity/asha.js';
import type { RungTrial } from '../../src/fidelity/policy.js';

const options = asha.schema.parse({});
const trialsWith = (curves: readonly (readonly number[])[]): RungTrial[] =>
  curves.map((curve, trial) => ({ trial, curve }));

const ask = (curves: readonly (readonly number[])[], left: number, waveSize = 4) =>
  asha.promotions!({ options, full: 9, waveSize, trials: trialsWith(curves), left });

describe('asynchronous successive halving', () => {
  it('starts trials while there is nobody to promote', () => {
    expect(ask([], 9)).toEqual({ promoted: [], started: { trials: 4, fidelity: 1 } });
    expect(ask([[1], [2]], 9)).toEqual({ promoted: [], started: { trials: 4, fidelity: 1 } });
  });

  it('promotes the best third of a rung, ties to the earlier trial, and fills the wave with new ones', () => {
    const { promoted, started } = ask([[5], [1], [1], [7], [Infinity], [8]], 9);
    expect(promoted).toEqual([
      { trial: 1, fidelity: 3 },
      { trial: 2, fidelity: 3 },
    ]);
    expect(started).toEqual({ trials: 2, fidelity: 1 });
  });

  it('reads rungs from the top, and promotes nobody twice', () => {
    const three = [1, 1, 1];
    const { promoted } = ask(
      [[1, 1, 3], three, [1, 1, 2], [4], [5], [6], [7], [8], [9], [10], [11], [12]],
      9,
    );
    // Of the rung at 3 evaluations trial 1 is the best of three; of the 12 at the first, three passed, the fourth may.
    expect(promoted).toEqual([
      { trial: 1, fidelity: 9 },
      { trial: 3, fidelity: 3 },
    ]);
  });

  it('never promotes a failed trial, though it counts among those that reached the rung', () => {
    expect(ask([[Infinity], [Infinity], [Infinity]], 0).promoted).toEqual([]);
    expect(ask([[Infinity], [Infinity], [2]], 0).promoted).toEqual([{ trial: 2, fidelity: 3 }]);
  });

  it('sends the best on when the trials are used up and nobody reached the end', () => {
    expect(ask([[2], [1]], 0)).toEqual({
      promoted: [{ trial: 1, fidelity: 3 }],
      started: { trials: 0, fidelity: 1 },
    });
    expect(ask([[2], [1, 1, 1]], 0).promoted).toEqual([{ trial: 1, fidelity: 9 }]);
    expect(ask([[2], new Array<number>(9).fill(1)], 0).promoted).toEqual([]);
    expect(ask([[Infinity]], 0).promoted).toEqual([]);
  });

  it('ends, has trained someone fully unless all failed, and asks for no more than a wave at a time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.constantFrom(0, 1, 2, 3, Infinity)),
        (budget, waveSize, values) => {
          const curves: number[][] = [];
          const draw = (): number => values.next().value as number;
          for (let waves = 0; ; waves++) {
            expect(waves).toBeLessThan(500);
            const { promoted, started } = ask(curves, budget - curves.length, waveSize);
            const trained = promoted.length + started.trials;
            expect(trained).toBeLessThanOrEqual(waveSize);
            if (trained === 0) break;
            for (const { trial, fidelity } of promoted) {
              const curve = curves[trial]!;
              expect(Number.isFinite(curve.at(-1))).toBe(true);
              while (curve.length < fidelity) curve.push(draw());
            }
            for (let one = 0; one < started.trials; one++) curves.push([draw()]);
          }
          expect(curves).toHaveLength(budget);
          const alive = curves.filter((curve) => Number.isFinite(curve.at(-1)));
          if (alive.length > 0) {
            expect(Math.max(...alive.map((curve) => curve.length))).toBe(9);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
