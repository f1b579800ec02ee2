import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import type { RunScores } from '../../src/statistics/bootstrap-comparison.js';
import { pairedBootstrap, pairedBootstraps } from '../../src/statistics/paired-bootstrap.js';
import { intervalAt, type ComparisonOutcome, type PairedGain } from '../../src/statistics/paired-gain.js';
import { tCritical } from '../../src/statistics/student-t.js';
import { crossedRuns, type CrossedSetting } from './support/crossed-runs.js';

function compared(outcome: ComparisonOutcome): PairedGain {
  if (outcome.state !== 'compared') throw new Error(outcome.reason);
  return outcome;
}

/** A run whose score is the weighted mean of fixed numbers. */
function meanOf(values: readonly number[]): RunScores {
  return (weights) => {
    let sum = 0;
    let total = 0;
    values.forEach((value, index) => {
      const weight = weights === undefined ? 1 : weights[index]!;
      sum += weight * value;
      total += weight;
    });
    return sum / total;
  };
}

const usual = { direction: 'maximize', resamples: 200 } as const;

/** Part of the repetitions in which the 95 % interval leaves out zero. */
function rejectionRate(setting: CrossedSetting, repetitions: number): number {
  let rejected = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const key = ['rejection', JSON.stringify(setting), repetition] as const;
    const { winner, control } = crossedRuns(setting, stream(...key, 'runs'));
    const outcome = compared(
      pairedBootstrap({
        winner,
        control,
        samples: setting.samples,
        direction: 'maximize',
        resamples: 100,
        random: stream(...key, 'bootstrap'),
      }),
    );
    if (outcome.pValue < 0.05) rejected++;
  }
  return rejected / repetitions;
}

describe('pairedBootstrap', () => {
  const small = fc.record({
    winner: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }), {
      minLength: 4,
      maxLength: 4,
    }),
    control: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }), {
      minLength: 4,
      maxLength: 4,
    }),
    key: fc.integer(),
  });
  const compare = (
    winner: readonly (readonly number[])[],
    control: readonly (readonly number[])[],
    key: number,
    more: { level?: number; direction?: 'maximize' | 'minimize' } = {},
  ): PairedGain =>
    compared(
      pairedBootstrap({
        ...usual,
        winner: winner.map(meanOf),
        control: control.map(meanOf),
        samples: 12,
        random: stream(key),
        ...more,
      }),
    );

  it('is repeatable, odd in the arms, odd in the direction, and shifts with a constant', () => {
    fc.assert(
      fc.property(small, ({ winner, control, key }) => {
        const forward = compare(winner, control, key);
        expect(compare(winner, control, key)).toEqual(forward);
        const opposite = [
          compare(control, winner, key),
          compare(winner, control, key, { direction: 'minimize' }),
        ];
        for (const backward of opposite) {
          expect(backward.gain).toBeCloseTo(-forward.gain, 12);
          expect(backward.interval[0]).toBeCloseTo(-forward.interval[1], 12);
          expect(backward.pValue).toBeCloseTo(forward.pValue, 12);
        }
        const shifted = compare(
          winner.map((run) => run.map((value) => value + 5)),
          control,
          key,
        );
        expect(shifted.gain).toBeCloseTo(forward.gain + 5, 9);
        expect(shifted.standardError).toBeCloseTo(forward.standardError, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('has a p-value below 1 - level exactly when the interval leaves out zero', () => {
    fc.assert(
      fc.property(
        small,
        fc.double({ min: 0.3, max: 0.99, noNaN: true }),
        ({ winner, control, key }, level) => {
          const outcome = compare(winner, control, key, { level });
          const [low, high] = outcome.interval;
          expect(outcome.interval).toEqual(intervalAt(outcome, level));
          if (Math.abs(outcome.pValue - (1 - level)) < 1e-9) return;
          expect(low > 0 || high < 0).toBe(outcome.pValue < 1 - level);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the paired t-test where the test samples add nothing', () => {
    // Every sample of a run has the same score, so only the seeds differ.
    const differences = [0.3, -0.1, 0.4, 0.2, 0.35];
    const outcome = compared(
      pairedBootstrap({
        ...usual,
        winner: differences.map((value) => meanOf(new Array<number>(20).fill(1 + value))),
        control: differences.map(() => meanOf(new Array<number>(20).fill(1))),
        samples: 20,
        random: stream('t-test'),
      }),
    );
    // By hand: mean 0.23, standard deviation sqrt(0.158 / 4), standard error sqrt(0.158 / 20).
    expect(outcome.gain).toBeCloseTo(0.23, 12);
    expect(outcome.standardError).toBeCloseTo(Math.sqrt(0.158 / 20), 10);
    expect(outcome.degreesOfFreedom).toBeCloseTo(4, 8);
    expect(outcome.interval[0]).toBeCloseTo(0.23 - 2.776445105 * Math.sqrt(0.158 / 20), 6);
  });

  it('has the standard error of the samples where the seeds add nothing', () => {
    const random = stream('samples only');
    const values = Array.from({ length: 400 }, () => random.normal());
    const runs = { winner: values, control: values.map(() => 0) };
    const outcome = compared(
      pairedBootstrap({
        ...usual,
        resamples: 2000,
        winner: [1, 2, 3, 4].map(() => meanOf(runs.winner)),
        control: [1, 2, 3, 4].map(() => meanOf(runs.control)),
        samples: 400,
        random: stream('samples only', 'bootstrap'),
      }),
    );
    const centre = values.reduce((a, b) => a + b, 0) / 400;
    const expected = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0)) / 400;
    expect(outcome.standardError / expected).toBeGreaterThan(0.93);
    expect(outcome.standardError / expected).toBeLessThan(1.07);
    // All seeds agree: the t distribution is the normal one, up to the number of samples.
    expect(outcome.degreesOfFreedom).toBe(399);
    expect(outcome.interval[1] - outcome.gain).toBeCloseTo(tCritical(0.95, 399) * outcome.standardError, 12);
  });

  it('finds nothing between equal arms', () => {
    const runs = [meanOf([1, 2, 3]), meanOf([2, 2, 5])];
    const outcome = compared(
      pairedBootstrap({ ...usual, winner: runs, control: runs, samples: 3, random: stream('equal') }),
    );
    expect(outcome).toMatchObject({ gain: 0, interval: [0, 0], pValue: 1 });
  });

  it('never states p = 0 where no resample differs', () => {
    const outcome = compared(
      pairedBootstrap({
        ...usual,
        winner: [meanOf([1, 1]), meanOf([1, 1])],
        control: [meanOf([0, 0]), meanOf([0, 0])],
        samples: 2,
        random: stream('degenerate'),
      }),
    );
    expect(outcome.pValue).toBe(1 / 201);
    expect(outcome.interval).toEqual([1, 1]);
  });

  it('takes a spread of the size of rounding for none', () => {
    // 0.9 − 0.7 and 0.7 − 0.5 differ in the last bit, and so does a weighted mean from resample to resample.
    const constant = (value: number): RunScores => meanOf(new Array<number>(30).fill(value));
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        (base, gain) => {
          const found = compared(
            pairedBootstrap({
              ...usual,
              winner: [1, 1.1, 1.3].map((seed) => constant(base * seed + base * gain)),
              control: [1, 1.1, 1.3].map((seed) => constant(base * seed)),
              samples: 30,
              random: stream('rounding'),
            }),
          );
          expect(found.standardError).toBe(0);
          expect(found.pValue).toBe(1 / 201);
          expect(found.interval).toEqual([found.gain, found.gain]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('takes a gain of the size of rounding for none', () => {
    const found = compared(
      pairedBootstrap({
        ...usual,
        winner: [0.1 + 0.2, 0.1 + 0.2].map((value) => meanOf([value, value])),
        control: [0.3, 0.3].map((value) => meanOf([value, value])),
        samples: 2,
        random: stream('rounded gain'),
      }),
    );
    expect(found).toMatchObject({ gain: 0, pValue: 1, interval: [0, 0] });
  });

  describe('where the metric is not defined', () => {
    /** Like AUROC: needs a sample of each class. */
    const twoClass =
      (labels: readonly number[], score: number): RunScores =>
      (weights = new Float64Array(labels.length).fill(1)) => {
        const positive = labels.reduce((sum, label, index) => sum + label * weights[index]!, 0);
        const negative = labels.reduce((sum, label, index) => sum + (1 - label) * weights[index]!, 0);
        return positive > 0 && negative > 0 ? score + positive / 100 : NaN;
      };
    const run = (labels: readonly number[]): ComparisonOutcome =>
      pairedBootstrap({
        ...usual,
        winner: [twoClass(labels, 0.8), twoClass(labels, 0.9)],
        control: [twoClass(labels, 0.7), twoClass(labels, 0.7)],
        samples: labels.length,
        random: stream('undefined'),
      });

    it('draws such a resample again and counts it', () => {
      // Two positives of twelve: a resample has none with probability (10/12)^12 = 0.112.
      const outcome = compared(run([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
      expect(outcome.resamples).toBe(200);
      const share = outcome.redrawn / (outcome.redrawn + 200);
      expect(share).toBeGreaterThan(0.05);
      expect(share).toBeLessThan(0.19);
    });

    it('gives each of several controls what it gets alone, resamples drawn again included', () => {
      const labels = [1, 1, 0, 0, 0, 0, 0, 0, 0];
      const arm = (...scores: number[]) => scores.map((score) => twoClass(labels, score));
      const values = Array.from({ length: 9 }, (_, index) => index % 4);
      const controls = [
        arm(0.7, 0.7),
        [meanOf(values), meanOf(values.map((value) => value / 3))],
        [() => NaN, meanOf(values)],
        arm(0.5, 0.8),
      ];
      for (const winner of [arm(0.8, 0.9), [meanOf([...values].reverse()), meanOf(values)]]) {
        const common = { ...usual, winner, samples: labels.length };
        const together = pairedBootstraps({ ...common, controls, random: stream('several') });
        expect(together.map(({ state }) => state)).toContain('not-compared');
        controls.forEach((control, index) => {
          const alone = pairedBootstrap({ ...common, control, random: stream('several') });
          expect(together[index]).toEqual(alone);
        });
      }
    });

    it('states no difference where most resamples, or the test samples themselves, have none', () => {
      expect(run([1, 0])).toEqual({
        state: 'not-compared',
        reason: 'the metric is not defined on most resamples of the test samples',
      });
      expect(run([0, 0, 0])).toMatchObject({ state: 'not-compared' });
    });
  });

  it('needs two seeds, pairs, and sensible options', () => {
    const one = [meanOf([1, 2])];
    const request = { ...usual, winner: one, control: one, samples: 2, random: stream('few') };
    expect(pairedBootstrap(request)).toMatchObject({ state: 'not-compared' });
    expect(() => pairedBootstrap({ ...request, control: [] })).toThrow(RangeError);
    expect(() => pairedBootstrap({ ...request, resamples: 1 })).toThrow(RangeError);
    expect(() => pairedBootstrap({ ...request, samples: 0 })).toThrow(RangeError);
    expect(() =>
      pairedBootstrap({ ...request, winner: [...one, ...one], control: [...one, ...one], level: 1 }),
    ).toThrow(RangeError);
  });

  // Truth is at most 0.05 in each setting (docs/statistics.md); 600 repetitions have a standard error of 0.009.
  const settings: readonly [string, CrossedSetting][] = [
    ['seeds dominate', { seeds: 6, samples: 300, seedEffect: 0.3, sampleEffect: 0.1, rest: 0.3, gain: 0 }],
    ['both matter', { seeds: 6, samples: 600, seedEffect: 0.08, sampleEffect: 0.3, rest: 0.2, gain: 0 }],
    ['samples dominate', { seeds: 10, samples: 300, seedEffect: 0, sampleEffect: 0.5, rest: 0.3, gain: 0 }],
    ['the rest dominates', { seeds: 8, samples: 300, seedEffect: 0, sampleEffect: 0, rest: 0.5, gain: 0 }],
  ];
  it.each(settings)('claims nothing too often where there is nothing: %s', (_, setting) => {
    expect(rejectionRate(setting, 600)).toBeLessThanOrEqual(0.075);
  });

  it('pools: over all settings the error rate is at most 0.06', () => {
    const rates = settings.map(([, setting]) => rejectionRate({ ...setting, samples: 200 }, 300));
    expect(rates.reduce((a, b) => a + b, 0) / rates.length).toBeLessThanOrEqual(0.06);
  });

  it('finds a clear gain, also where a seed matters much', () => {
    const base = { seeds: 8, samples: 600, sampleEffect: 0.15, rest: 0.3 };
    expect(rejectionRate({ ...base, seedEffect: 0.02, gain: 0.15 }, 100)).toBeGreaterThan(0.8);
    expect(rejectionRate({ ...base, seedEffect: 0.1, gain: 0.3 }, 100)).toBeGreaterThan(0.9);
  });
});
