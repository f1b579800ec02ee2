import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { noisyLabels } from '../../src/data/label-noise.js';
import { classCounts, longTail, profile } from '../../src/data/long-tail.js';
import { addOutliers } from '../../src/data/outliers.js';

const classes = 4;
const labelled = fc
  .array(fc.integer({ min: 0, max: classes - 1 }), { minLength: 8, maxLength: 60 })
  .map((list) => Int32Array.from(list));
const evenRows = (labels: Int32Array): Int32Array =>
  Int32Array.from(labels.keys()).filter((row) => row % 2 === 0);

describe('noisyLabels', () => {
  it.each(['symmetric', 'asymmetric'] as const)(
    '%s: exactly its share of each class, and no other row',
    (kind) => {
      fc.assert(
        fc.property(
          labelled,
          fc.double({ min: 0, max: 0.9, noNaN: true }),
          fc.nat(),
          (labels, rate, seed) => {
            const rows = evenRows(labels);
            const before = labels.slice();
            const noisy = noisyLabels({ labels, classes, rows, rate, kind, random: stream(seed) });
            expect(labels).toEqual(before);
            const wrong = Int32Array.from(labels.keys()).filter((row) => noisy[row] !== labels[row]);
            expect([...wrong].every((row) => rows.includes(row))).toBe(true);
            const expected = classCounts(labels, rows, classes).map((count) => Math.round(rate * count));
            expect(classCounts(labels, wrong, classes)).toEqual(expected);
            for (const row of wrong) {
              expect(noisy[row]).toBeLessThan(classes);
              if (kind === 'asymmetric') expect(noisy[row]).toBe((labels[row]! + 1) % classes);
            }
          },
        ),
      );
    },
  );

  it('symmetric: reaches every other class about equally often', () => {
    const labels = new Int32Array(6000);
    const rows = Int32Array.from(labels.keys());
    const noisy = noisyLabels({
      labels,
      classes,
      rows,
      rate: 0.5,
      kind: 'symmetric',
      random: stream('even'),
    });
    const [stay, ...others] = classCounts(noisy, rows, classes);
    expect(stay).toBe(3000);
    for (const count of others) expect(Math.abs(count - 1000)).toBeLessThan(160);
  });

  it('asymmetric with two classes only hides positives', () => {
    const labels = Int32Array.from({ length: 40 }, (_, row) => row % 2);
    const rows = Int32Array.from(labels.keys());
    const noisy = noisyLabels({ labels, classes: 2, rows, rate: 0.3, kind: 'asymmetric', random: stream(1) });
    expect(classCounts(noisy, rows, 2)).toEqual([26, 14]);
  });
});

describe('longTail', () => {
  it('follows the profile n_max · ratio^(−c/(C−1))', () => {
    expect(profile(500, 3, 100)).toEqual([500, 50, 5]);
    expect(profile(5000, 10, 100)).toEqual([5000, 2997, 1797, 1077, 646, 387, 232, 139, 83, 50]);
    expect(profile(3, 2, 1000)).toEqual([3, 1]);
  });
  it('leaves rows of the given ones only, at most the profile and never none of a class', () => {
    fc.assert(
      fc.property(labelled, fc.integer({ min: 1, max: 50 }), fc.nat(), (labels, imbalance, seed) => {
        const rows = evenRows(labels);
        const kept = longTail({ labels, classes, rows, imbalance, random: stream(seed) });
        expect([...kept].every((row) => rows.includes(row))).toBe(true);
        expect(new Set(kept).size).toBe(kept.length);
        const before = classCounts(labels, rows, classes);
        const room = profile(Math.max(...before), classes, imbalance);
        expect(classCounts(labels, kept, classes)).toEqual(
          before.map((count, label) => Math.min(count, room[label]!)),
        );
      }),
    );
  });
});

describe('addOutliers', () => {
  it('shifts exactly its share of the given rows by the given amount, both ways', () => {
    const values = new Float64Array(400);
    const rows = Int32Array.from({ length: 200 }, (_, index) => 2 * index);
    const flags = addOutliers(values, rows, { fraction: 0.25, shift: 3, random: stream('o') });
    const shifted = Array.from(values.keys()).filter((row) => values[row] !== 0);
    expect(shifted.length).toBe(50);
    expect(shifted.every((row) => row % 2 === 0 && Math.abs(values[row]!) === 3)).toBe(true);
    expect(Array.from(flags.keys()).filter((row) => flags[row] === 1)).toEqual(shifted);
    expect(new Set(shifted.map((row) => Math.sign(values[row]!))).size).toBe(2);
  });
  it('does nothing for a fraction of 0', () => {
    const values = Float64Array.of(1, 2, 3);
    addOutliers(values, Int32Array.of(0, 1, 2), { fraction: 0, shift: 9, random: stream('o') });
    expect([...values]).toEqual([1, 2, 3]);
  });
});
