import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { gaussianMixture } from '../../src/data/gaussian-mixture.js';
import { classCounts } from '../../src/data/long-tail.js';
import { median, moments, standardiseColumns } from '../../src/data/moments.js';
import { sharedBody } from '../../src/data/shared-body.js';

const rowsOf = (length: number): Int32Array => Int32Array.from({ length }, (_, row) => row);

describe('gaussianMixture', () => {
  const make = (overlap: number, seed: number, counts = [2000, 2000]) =>
    gaussianMixture({
      counts,
      features: 6,
      clusters: 3,
      overlap,
      centers: stream('c', seed),
      samples: stream('s', seed),
    });

  it('has the counts asked for and posteriors that sum to 1', () => {
    const { labels, logPosteriors } = make(0.7, 1, [500, 100, 20]);
    expect(classCounts(labels, rowsOf(620), 3)).toEqual([500, 100, 20]);
    for (let row = 0; row < 620; row++) {
      const sum = [0, 1, 2].reduce((total, label) => total + Math.exp(logPosteriors[row * 3 + label]!), 0);
      expect(sum).toBeCloseTo(1, 10);
    }
  });

  it('is calibrated: among samples with posterior p, a share p is of the class', () => {
    const { labels, logPosteriors } = make(1, 2);
    const expected = labels.reduce((sum, _, row) => sum + Math.exp(logPosteriors[row * 2 + 1]!), 0);
    expect(Math.abs(expected - 2000)).toBeLessThan(100);
    const sure = rowsOf(4000).filter((row) => logPosteriors[row * 2 + 1]! > Math.log(0.9));
    const mean = sure.reduce((sum, row) => sum + Math.exp(logPosteriors[row * 2 + 1]!), 0) / sure.length;
    expect(sure.length).toBeGreaterThan(200);
    expect(Math.abs(sure.filter((row) => labels[row] === 1).length / sure.length - mean)).toBeLessThan(0.04);
  });

  it('gets harder with overlap', () => {
    const errors = [0.3, 0.7, 1.5].map((overlap) => {
      const { labels, logPosteriors } = make(overlap, 3);
      return labels.reduce(
        (sum, label, row) => sum + (logPosteriors[row * 2 + label]! < Math.log(0.5) ? 1 : 0),
        0,
      );
    });
    expect(errors[0]).toBeLessThan(80);
    expect(errors[1]).toBeGreaterThan(errors[0]!);
    expect(errors[2]).toBeGreaterThan(errors[1]!);
  });
});

describe('sharedBody', () => {
  const make = (relatedness: number) =>
    sharedBody({
      counts: [1500, 500],
      features: 5,
      relatedness,
      body: stream('body'),
      samples: stream('samples'),
    });
  /** Difference of the mean value between the classes. */
  const gap = (relatedness: number): number => {
    const { labels, values } = make(relatedness);
    const mean = (label: number): number => moments(values.filter((_, row) => labels[row] === label)).mean;
    return mean(1) - mean(0);
  };
  it('has the class counts asked for and standardised values', () => {
    const { labels, values } = make(0.5);
    expect(classCounts(labels, rowsOf(2000), 2)).toEqual([1500, 500]);
    expect(moments(values).mean).toBeCloseTo(0, 10);
    expect(moments(values).deviation).toBeCloseTo(1, 10);
  });
  it('ties the value to the class as much as relatedness says', () => {
    // The class is the upper quarter of the value itself.
    const { labels, values } = make(1);
    const lowest = Math.min(...values.filter((_, row) => labels[row] === 1));
    const highest = Math.max(...values.filter((_, row) => labels[row] === 0));
    expect(lowest).toBeGreaterThanOrEqual(highest);
    expect(gap(0.5)).toBeLessThan(gap(1));
    expect(gap(0)).toBeLessThan(gap(0.5));
  });
});

describe('moments', () => {
  it('survives a large mean', () => {
    expect(moments([1e9 + 1, 1e9 + 3])).toEqual({ mean: 1e9 + 2, deviation: 1 });
  });
  it('median of odd and even numbers of values', () => {
    expect(median(Float64Array.of(9, 1, 5))).toBe(5);
    expect(median(Float64Array.of(9, 1, 5, 6))).toBe(5.5);
  });
  it('standardises from the train rows alone and makes constants 0', () => {
    const values = Float64Array.of(1, 5, 3, 5, 11, 9);
    standardiseColumns(values, 2, Int32Array.of(0, 1));
    expect([...values]).toEqual([-1, 0, 1, 0, 9, 0]);
  });
});
