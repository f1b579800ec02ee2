import { describe, expect, it } from 'vitest';
import { medianStopping } from '../../src/fidelity/median-stopping.js';
import type { RungTrial } from '../../src/fidelity/policy.js';

const options = (given: object = {}): never => medianStopping.schema.parse(given) as never;
const trialsWith = (curves: readonly (readonly number[])[]): RungTrial[] =>
  curves.map((curve, trial) => ({ trial, curve }));

/** Values of five completed trials; medians 3, 3, 2. */
const completed = trialsWith([
  [1, 1, 1],
  [2, 2, 2],
  [3, 3, 2],
  [4, 4, 4],
  [Infinity, 5, 5],
]);

describe('median stopping', () => {
  it('looks after the warm-up at every interval, and lets the whole training be the last rung', () => {
    const fidelities = (given: object): number[] =>
      medianStopping
        .bracket({ options: options(given), index: 0, full: 10, waveSize: 4 })
        .rungs.map(({ fidelity }) => fidelity);
    expect(fidelities({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(fidelities({ warmup: 4, interval: 3 })).toEqual([4, 7, 10]);
    expect(fidelities({ warmup: 20 })).toEqual([10]);
  });

  it('stops whose best value so far is worse than the median at the same evaluation', () => {
    const running = trialsWith([[2.9], [3], [3.1], [Infinity], [NaN]]);
    expect(medianStopping.goesOn!({ options: options(), running, completed })).toEqual([0, 1]);
    // The best so far counts, not the last value.
    const later = trialsWith([
      [2, 9, 9],
      [9, 2, 9],
      [9, 9, 2.5],
    ]);
    expect(medianStopping.goesOn!({ options: options(), running: later, completed })).toEqual([0, 1]);
  });

  it('stops nobody but failures before enough trials are completed', () => {
    const running = trialsWith([[99], [Infinity], [1]]);
    const few = completed.slice(1);
    expect(medianStopping.goesOn!({ options: options(), running, completed: few })).toEqual([0, 2]);
    expect(medianStopping.goesOn!({ options: options({ startup: 4 }), running, completed: few })).toEqual([
      2,
    ]);
  });
});
