import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { expectedBest } from '../../src/stopping/expected-best.js';
import { expectedRegret, regretBound } from '../../src/stopping/expected-regret.js';
import type { StoppingTrial } from '../../src/stopping/rule.js';

/** All subsets of a size. */
function subsets<Item>(items: readonly Item[], size: number): Item[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    subsets(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

describe('the expected best of some draws', () => {
  it('is the mean over all subsets', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (values, pick) => {
          const count = 1 + (pick % values.length);
          const all = subsets(values, count).map((subset) => Math.min(...subset));
          expect(expectedBest(values, count)).toBeCloseTo(mean(all), 10);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('of one is the mean, of all the smallest, and of failures alone infinite', () => {
    expect(expectedBest([3, 1, 2], 1)).toBeCloseTo(2, 12);
    expect(expectedBest([3, 1, 2], 3)).toBe(1);
    expect(expectedBest([1, Infinity, Infinity], 2)).toBe(Infinity);
    expect(expectedBest([1, 2, Infinity], 2)).toBeCloseTo((1 + 1 + 2) / 3, 12);
    expect(expectedBest([Infinity, Infinity], 1)).toBe(Infinity);
  });

  it('stays a number where the probabilities of long lists underflow', () => {
    const sound = Array.from({ length: 1150 }, (_, index) => index);
    const failed = new Array<number>(1850).fill(Infinity);
    expect(expectedBest([...sound, ...failed], 1500)).toBe(Infinity);
    expect(expectedBest([...sound, ...failed], 2900)).toBeCloseTo(100 / 2901, 4);
  });
});

describe('the bound of the regret', () => {
  // Uniform draws: E[M_n] = 1/(n + 1). Exponential: 1/n. Powers of uniforms: heavy at the good end, E[u^(1/3)].
  it.each([
    ['uniform', (u: number) => u, (n: number) => 1 / (n + 1)],
    ['exponential', (u: number) => -Math.log(1 - u), (n: number) => 1 / n],
    [
      'logarithm, without a lower end',
      (u: number) => Math.log(u),
      (n: number) => -Array.from({ length: n }, (_, k) => 1 / (k + 1)).reduce((a, b) => a + b),
    ],
  ])('is on average above the true expected improvement: %s', (name, quantile, best) => {
    for (const [size, more] of [
      [20, 1],
      [20, 20],
      [20, 200],
      [60, 40],
    ] as const) {
      const bounds = Array.from({ length: 400 }, (_, sample) => {
        const random = stream('regret', name, size, more, sample);
        return regretBound(
          Array.from({ length: size }, () => quantile(random.uniform())),
          more,
        );
      });
      const error = Math.sqrt(mean(bounds.map((one) => (one - mean(bounds)) ** 2)) / 400);
      expect(mean(bounds)).toBeGreaterThan(best(size) - best(size + more) - 3 * error);
      // And it is the bound of the derivation.
      const half = size / 2;
      expect(Math.abs(mean(bounds) - (more * (best(half) - best(size))) / (size - half))).toBeLessThan(
        4 * error,
      );
    }
  });

  it('shrinks as trials go on, and knows nothing where most of them failed', () => {
    const random = stream('shrinks');
    const values = Array.from({ length: 400 }, () => random.uniform());
    const bounds = [20, 80, 400].map((size) => regretBound(values.slice(0, size), 10));
    expect(bounds[1]!).toBeLessThan(bounds[0]!);
    expect(bounds[2]!).toBeLessThan(bounds[1]!);
    expect(regretBound([1, 2, Infinity, Infinity, Infinity, Infinity], 1)).toBe(Infinity);
    expect(regretBound([Infinity, Infinity], 1)).toBe(Infinity);
    expect(regretBound([1], 1)).toBe(Infinity);
  });

  it('knows nothing from half of the draws that failed on, and takes as many draws as a search may have', () => {
    const failed = (count: number): number[] => new Array<number>(count).fill(Infinity);
    expect(regretBound([1, 2, 3, ...failed(3)], 1)).toBe(Infinity);
    expect(regretBound([1, 2, 3, 4, ...failed(2)], 1)).toBeLessThan(Infinity);
    expect(
      regretBound(
        Array.from({ length: 200_000 }, (_, index) => index),
        1,
      ),
    ).toBeGreaterThan(0);
  });
});

describe('the rule', () => {
  const options = { tolerance: 0.01, minimum: 8 };
  const told = (count: number, one: (trial: number) => Partial<StoppingTrial>): StoppingTrial[] =>
    Array.from({ length: count }, (_, trial) => ({
      ...{ trial, wave: Math.floor(trial / 4), value: 1, complete: true, steps: 1, ...one(trial) },
    }));
  const check = (history: readonly StoppingTrial[], left: number): string | undefined =>
    expectedRegret.check({ options, history, left, direction: 'minimize' });

  it('stops where many trials share the best score, later where more of the budget is left', () => {
    const flat = told(12, () => ({}));
    expect(check(flat, 5)).toBe('the 5 trials left are expected to gain at most 0, the tolerance is 0.01');
    expect(check(flat.slice(0, 7), 5)).toBeUndefined();
    const values = told(40, (trial) => ({ value: 1 + (trial % 20) / 1000 }));
    expect(check(values, 1)).toMatch(/^the last trial is expected/);
    expect(check(values, 100_000)).toBeUndefined();
  });

  it('takes waves as draws where trials are stopped early: their values are of another fidelity', () => {
    // In each wave one trial of four is trained to the end; the others have a value that looks far better.
    const halved = told(80, (trial) => (trial % 4 === 0 ? {} : { complete: false, value: -trial }));
    expect(check(halved, 8)).toMatch(/^the 8 trials left are expected to gain at most 0,/);
    expect(check(halved.slice(0, 28), 8)).toBeUndefined();
    const nothing = halved.map((trial) => ({ ...trial, complete: false }));
    expect(check(nothing, 8)).toBeUndefined();
  });
});
