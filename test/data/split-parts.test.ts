import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { splitHash } from '../../src/data/split-hash.js';
import { apportion, splitParts, subsample } from '../../src/data/split-parts.js';
import { PARTS } from '../../src/problem/part.js';

const fractions = { train: 0.4, validation: 0.2, selection: 0.2, test: 0.2 };
const strata = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 80 })
  .map((list) => Int32Array.from(list));
const countsOf = (rows: Int32Array, labels: Int32Array): number[] =>
  [0, 1, 2, 3].map((label) => rows.filter((row) => labels[row] === label).length);

describe('splitParts', () => {
  it('is disjoint and covering, each part ascending', () => {
    fc.assert(
      fc.property(strata, fc.nat(), (labels, seed) => {
        const parts = splitParts({ size: labels.length, strata: labels, fractions, random: stream(seed) });
        const all = PARTS.flatMap((part) => [...parts[part]]);
        expect(all.toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const part of PARTS) expect(parts[part]).toEqual(parts[part].toSorted());
      }),
    );
  });

  it('gives every part of every stratum its share to within one sample, and at least one of four', () => {
    fc.assert(
      fc.property(strata, fc.nat(), (labels, seed) => {
        const parts = splitParts({ size: labels.length, strata: labels, fractions, random: stream(seed) });
        const whole = countsOf(Int32Array.from(labels.keys()), labels);
        for (const part of PARTS) {
          countsOf(parts[part], labels).forEach((count, label) => {
            expect(Math.abs(count - fractions[part] * whole[label]!)).toBeLessThan(1.5);
            if (whole[label]! >= PARTS.length) expect(count).toBeGreaterThan(0);
          });
        }
        whole.forEach((count, label) => {
          if (count > 0) expect(countsOf(parts.train, labels)[label]).toBeGreaterThan(0);
        });
      }),
    );
  });

  it('depends on its stream alone, and on all of it', () => {
    const split = (seed: number): Int32Array =>
      splitParts({ size: 100, fractions, random: stream(seed) }).train;
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });

  it('puts each sample into train about as often as the fraction says', () => {
    const hits = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const row of splitParts({ size: 10, fractions, random: stream('hits', seed) }).train) hits[row]!++;
    }
    // Binomial(2000, 0.4): deviation 22; six of them are never seen by chance.
    for (const count of hits) expect(Math.abs(count - 800)).toBeLessThan(132);
  });
});

describe('subsample', () => {
  it('has the size asked for and keeps the shares of the strata to within one', () => {
    fc.assert(
      fc.property(strata, fc.nat({ max: 90 }), fc.nat(), (labels, count, seed) => {
        const rows = subsample(labels.length, labels, count, stream(seed));
        expect(rows.length).toBe(Math.min(count, labels.length));
        expect(new Set(rows).size).toBe(rows.length);
        if (count < 40) return;
        const whole = countsOf(Int32Array.from(labels.keys()), labels);
        countsOf(rows, labels).forEach((kept, label) => {
          expect(Math.abs(kept - (rows.length * whole[label]!) / labels.length)).toBeLessThan(2);
        });
      }),
    );
  });
});

describe('apportion', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [7, [0.4, 0.2, 0.2, 0.2], [3, 2, 1, 1]],
    [0, [1, 2], [0, 0]],
    [100, [99, 1], [99, 1]],
  ])('%d by %j', (total, shares, expected) => {
    expect(apportion(total, shares)).toEqual(expected);
  });
  it('has the sum asked for', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1e6 }),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }),
        (total, shares) => {
          const counts = apportion(total, shares);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
        },
      ),
    );
  });
});

describe('splitHash', () => {
  const data = {
    size: 4,
    inputShape: [2],
    inputs: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    heads: [{ name: 'class', kind: 'binary' as const, outputs: 1 }],
    targets: { class: Float32Array.of(0, 1, 0, 1) },
    parts: {
      train: Int32Array.of(0),
      validation: Int32Array.of(1),
      selection: Int32Array.of(2),
      test: Int32Array.of(3),
    },
  };
  it('changes with inputs, shape, targets and parts, and with nothing else', () => {
    const variants = [
      data,
      { ...data, inputs: data.inputs.with(7, 9) },
      { ...data, inputShape: [1, 2] },
      { ...data, targets: { class: data.targets.class.with(0, 1) } },
      { ...data, heads: [{ ...data.heads[0]!, kind: 'regression' as const }] },
      { ...data, parts: { ...data.parts, train: Int32Array.of(1), validation: Int32Array.of(0) } },
      { ...data, parts: { ...data.parts, train: Int32Array.of(0, 1), validation: new Int32Array() } },
    ];
    expect(new Set(variants.map(splitHash)).size).toBe(variants.length);
    expect(splitHash({ ...data })).toBe(splitHash(data));
    expect(splitHash(data)).toMatch(/^[0-9a-f]{12}$/);
  });
});
