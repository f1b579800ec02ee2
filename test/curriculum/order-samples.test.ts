import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { UserError } from '../../src/core/errors.js';
import { classRarity, columnDifficulty } from '../../src/curriculum/difficulty.js';
import { orderSamples } from '../../src/curriculum/order-samples.js';

const order = (
  scores: readonly number[],
  kind: 'easy-first' | 'hard-first' | 'random',
  seed = 'a',
): number[] =>
  Array.from(
    orderSamples({
      samples: Int32Array.from(scores, (_, index) => 100 + index),
      scores,
      order: kind,
      random: stream(seed),
    }),
  );

describe('orderSamples', () => {
  it('orders by difficulty; equal ones as they came; NaN is hardest', () => {
    expect(order([3, 1, 2, 1, NaN], 'easy-first')).toEqual([101, 103, 102, 100, 104]);
    expect(order([3, 1, 2, 1, NaN], 'hard-first')).toEqual([104, 100, 102, 101, 103]);
  });

  it('is a permutation in every order, ascending or descending where it says so', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (scores) => {
        const all = scores.map((_, index) => 100 + index);
        for (const kind of ['easy-first', 'hard-first', 'random'] as const) {
          expect(order(scores, kind).sort((a, b) => a - b)).toEqual(all);
        }
        const sorted = order(scores, 'easy-first').map((sample) => scores[sample - 100]!);
        expect(sorted).toEqual([...scores].sort((a, b) => a - b));
        const falling = order(scores, 'hard-first').map((sample) => scores[sample - 100]!);
        expect(falling).toEqual([...scores].sort((a, b) => b - a));
      }),
    );
  });

  it('draws a random order from the stream alone: scores do not matter, seeds do', () => {
    const rising = Array.from({ length: 40 }, (_, index) => index);
    const falling = [...rising].reverse();
    expect(order(rising, 'random')).toEqual(order(falling, 'random'));
    expect(order(rising, 'random', 'a')).not.toEqual(order(rising, 'random', 'b'));
  });
});

describe('classRarity', () => {
  it('is −log of the share of the class: one-hot, and 0/1', () => {
    const oneHot = Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0);
    const scores = classRarity({ targets: oneHot, samples: 4, outputs: 3 });
    expect(Array.from(scores)).toEqual([0.75, 0.75, 0.25, 0.75].map((share) => -Math.log(share)));
    const binary = classRarity({ targets: Float32Array.of(0, 1, 0, 0), samples: 4, outputs: 1 });
    expect(Array.from(binary)).toEqual([0.75, 0.25, 0.75, 0.75].map((share) => -Math.log(share)));
  });

  it('is the mean over positions where a sample has several', () => {
    const targets = Float32Array.of(0, 0, 0, 1);
    const scores = classRarity({ targets, samples: 2, outputs: 1 });
    expect(scores[0]).toBeCloseTo(-Math.log(0.75), 14);
    expect(scores[1]).toBeCloseTo((-Math.log(0.75) - Math.log(0.25)) / 2, 14);
  });
});

describe('columnDifficulty', () => {
  it('takes the values of the samples', () => {
    const columns = { noise: Float32Array.of(5, 6, 7) };
    expect(Array.from(columnDifficulty(columns, 'noise', Int32Array.of(2, 0)))).toEqual([7, 5]);
  });

  it('names the columns that there are', () => {
    const missing = (): unknown =>
      columnDifficulty({ noise: Float32Array.of(1) }, 'toString', Int32Array.of(0));
    expect(missing).toThrow(UserError);
    expect(missing).toThrow(
      expect.objectContaining({ code: 'candidate', found: '"toString"', expected: 'one of noise' }),
    );
  });
});
