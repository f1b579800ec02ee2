import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedQuantile } from '../../src/core/quantile.js';
import {
  linearSelfPaced,
  LOGARITHMIC_THRESHOLD,
  logarithmicSelfPaced,
  selfPacedWeights,
  type SelfPacedRequest,
} from '../../src/curriculum/self-paced-weights.js';

const FORMS = ['hard', 'linear', 'logarithmic'] as const;
const DIRECTIONS = ['down', 'up'] as const;

const weigh = (
  weights: SelfPacedRequest['weights'],
  direction: SelfPacedRequest['direction'],
  quantile: number,
  losses: readonly number[],
): number[] =>
  Array.from(selfPacedWeights({ weights, direction, quantile, losses: Float32Array.from(losses) }));

const request = fc.record({
  weights: fc.constantFrom(...FORMS),
  direction: fc.constantFrom(...DIRECTIONS),
  quantile: fc.double({ min: 0, max: 1, noNaN: true }),
  losses: fc.array(fc.oneof(fc.integer({ min: -20, max: 80 }), fc.constant(NaN)), {
    minLength: 1,
    maxLength: 40,
  }),
});

describe('the forms', () => {
  it('have the published values at l = 0.3, λ = 0.8', () => {
    expect(linearSelfPaced(0.3, 0.8)).toBeCloseTo(0.625, 12);
    expect(logarithmicSelfPaced(0.3, 0.8)).toBeCloseTo(0.4306766, 7);
  });

  it('are 1 at loss 0 and 0 from λ on', () => {
    for (const form of [linearSelfPaced, logarithmicSelfPaced]) {
      expect(form(0, 0.7)).toBe(1);
      expect(form(0.7, 0.7)).toBe(0);
      expect(form(9, 0.7)).toBe(0);
    }
  });

  it('logarithmic comes close to linear for small λ', () => {
    expect(logarithmicSelfPaced(0.0004, 0.001)).toBeCloseTo(linearSelfPaced(0.0004, 0.001), 3);
  });
});

describe('sortedQuantile', () => {
  it('interpolates between order statistics', () => {
    expect(sortedQuantile([1, 2, 4], 0)).toBe(1);
    expect(sortedQuantile([1, 2, 4], 0.5)).toBe(2);
    expect(sortedQuantile([1, 2, 4], 0.75)).toBe(3);
    expect(sortedQuantile([1, 2, 4], 1)).toBe(4);
    expect(sortedQuantile([7], 0.4)).toBe(7);
  });
});

describe('selfPacedWeights', () => {
  it('hard keeps one side of the threshold, and the threshold itself', () => {
    expect(weigh('hard', 'down', 0.5, [1, 2, 3, 4, 5])).toEqual([1, 1, 1, 0, 0]);
    expect(weigh('hard', 'up', 0.5, [1, 2, 3, 4, 5])).toEqual([0, 0, 1, 1, 1]);
  });

  it('linear and logarithmic in units of the threshold', () => {
    expect(weigh('linear', 'down', 0.5, [0, 1, 2, 4, 5])).toEqual([1, 0.5, 0, 0, 0]);
    expect(weigh('linear', 'up', 0.5, [0, 1, 2, 4, 5])).toEqual([0, 0.5, 1, 1, 1]);
    const half = Math.log(1 - LOGARITHMIC_THRESHOLD / 2) / Math.log(1 - LOGARITHMIC_THRESHOLD);
    expect(weigh('logarithmic', 'down', 0.5, [0, 1, 2, 4, 5])[1]).toBeCloseTo(half, 6);
    expect(weigh('logarithmic', 'up', 0.5, [0, 1, 2, 4, 5])[1]).toBeCloseTo(1 - half, 6);
  });

  it('gives samples never seen the weight 1, and leaves them out of the quantile', () => {
    expect(weigh('hard', 'down', 0, [NaN, 5, 7])).toEqual([1, 1, 0]);
    expect(weigh('hard', 'up', 1, [NaN, 5, 7])).toEqual([1, 0, 1]);
    expect(weigh('linear', 'down', 0.5, [NaN, NaN])).toEqual([1, 1]);
  });

  it('treats a threshold of 0 as the smallest one: samples at it count fully', () => {
    for (const form of FORMS) {
      expect(weigh(form, 'down', 0.5, [0, 0, 0, 3])).toEqual([1, 1, 1, 0]);
      expect(weigh(form, 'up', 0.5, [0, 0, 0, 3])).toEqual([1, 1, 1, 1]);
    }
  });

  it('is in [0, 1], and 1 for what was not seen', () => {
    fc.assert(
      fc.property(request, ({ weights, direction, quantile, losses }) => {
        weigh(weights, direction, quantile, losses).forEach((weight, index) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(1);
          if (Number.isNaN(losses[index])) expect(weight).toBe(1);
        });
      }),
    );
  });

  it('falls with the loss for `down` and rises for `up`', () => {
    fc.assert(
      fc.property(request, ({ weights, direction, quantile, losses }) => {
        const got = weigh(weights, direction, quantile, losses);
        const seen = losses
          .map((loss, index) => ({ loss, weight: got[index]! }))
          .filter(({ loss }) => !Number.isNaN(loss))
          .sort((a, b) => a.loss - b.loss);
        for (let index = 1; index < seen.length; index++) {
          const change = seen[index]!.weight - seen[index - 1]!.weight;
          expect(direction === 'down' ? -change : change).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('never weighs everything 0', () => {
    fc.assert(
      fc.property(request, ({ direction, quantile, losses }) => {
        expect(Math.max(...weigh('hard', direction, quantile, losses))).toBe(1);
      }),
    );
  });

  it('does not see the scale of the losses', () => {
    fc.assert(
      fc.property(
        request,
        fc.constantFrom(0.25, 4, 1024),
        ({ weights, direction, quantile, losses }, scale) => {
          const scaled = losses.map((loss) => loss * scale);
          const a = weigh(weights, direction, quantile, losses);
          const b = weigh(weights, direction, quantile, scaled);
          a.forEach((weight, index) => expect(b[index]).toBeCloseTo(weight, 5));
        },
      ),
    );
  });

  it('counts the least of negative losses as 0', () => {
    expect(weigh('linear', 'down', 1, [-2, 0, 2])).toEqual([1, 0.5, 0]);
  });
});
