import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/statistics/holm.js';

const pValue = fc.double({ min: 0, max: 1, noNaN: true });
const pValues = fc.array(pValue, { minLength: 1, maxLength: 12 });

describe('holm', () => {
  it('gives the published adjusted values', () => {
    // Wikipedia, "Holm-Bonferroni method", example: 0.01 and 0.005 are rejected at 0.05, 0.03 and 0.04 are not.
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((value, index) => expect(adjusted[index]).toBeCloseTo(value, 12));
    // R documentation style: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") is 0.05 0.08 0.09 0.09 0.09.
    [0.05, 0.08, 0.09, 0.09, 0.09].forEach((value, index) =>
      expect(holm([0.01, 0.02, 0.03, 0.04, 0.05])[index]).toBeCloseTo(value, 12),
    );
  });

  it('rejects exactly what the step-down procedure rejects', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 0.01, max: 0.3, noNaN: true }), (values, alpha) => {
        // The procedure as Holm wrote it: stop at the first sorted value above α / (k − i).
        const sorted = [...values].sort((a, b) => a - b);
        let rejected = 0;
        while (rejected < sorted.length && sorted[rejected]! * (sorted.length - rejected) <= alpha)
          rejected++;
        expect(holm(values).filter((value) => value <= alpha)).toHaveLength(rejected);
      }),
    );
  });

  it('lies between no correction and Bonferroni, and keeps the order', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const adjusted = holm(values);
        values.forEach((value, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(value);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, value * values.length));
          values.forEach((other, j) => {
            if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }),
    );
  });

  it('refuses what is no p-value', () => {
    expect(holm([])).toEqual([]);
    expect(() => holm([0.1, NaN])).toThrow(RangeError);
    expect(() => holm([1.5])).toThrow(RangeError);
  });
});
