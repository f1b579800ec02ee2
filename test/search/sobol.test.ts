import { describe, expect, it } from 'vitest';
import { sobolPoint, SOBOL_DIMENSIONS } from '../../src/search/sobol-sequence.js';
import { sobol } from '../../src/search/sobol.js';
import { numbersOf } from './support/objectives.js';
import { floatSpace } from './support/space.js';

const propose = (scramble: 'shift' | 'none', seed: string, count: number, dimensions = 3): number[][] =>
  sobol
    .propose({
      options: { scramble },
      space: floatSpace(dimensions),
      seed,
      history: [],
      wave: 0,
      firstTrial: 0,
      count,
    })
    .map(numbersOf);

describe('Sobol sequence', () => {
  it('runs as published in dimension 1', () => {
    const first = Array.from({ length: 8 }, (_, index) => sobolPoint(index, 1)[0]);
    expect(first).toEqual([0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]);
  });

  it('equals scipy 1.17 (qmc.Sobol, no scrambling, 32 bits)', () => {
    const dimensions = [0, 1, 2, 7, 19, 63, 100, 127];
    const expected: Readonly<Record<number, readonly number[]>> = {
      3: [0.25, 0.75, 0.75, 0.25, 0.75, 0.25, 0.75, 0.75],
      5: [0.875, 0.875, 0.125, 0.375, 0.625, 0.625, 0.125, 0.125],
      100: [0.4140625, 0.2578125, 0.7734375, 0.4765625, 0.3359375, 0.6484375, 0.0390625, 0.4609375],
      777: [
        0.6923828125, 0.9365234375, 0.1630859375, 0.7626953125, 0.7529296875, 0.4267578125, 0.8427734375,
        0.1181640625,
      ],
      1023: [
        0.0009765625, 0.7529296875, 0.6123046875, 0.6181640625, 0.3193359375, 0.0400390625, 0.2373046875,
        0.7001953125,
      ],
    };
    for (const [index, values] of Object.entries(expected)) {
      const point = sobolPoint(Number(index), 128);
      expect(dimensions.map((dimension) => point[dimension])).toEqual(values);
    }
  });

  it('hits every interval of width 2^-k once in 2^k points, in every dimension, shifted or not', () => {
    const shift = Uint32Array.from({ length: SOBOL_DIMENSIONS }, (_, index) => (index + 1) * 0x9e3779b9);
    for (const used of [undefined, shift]) {
      const points = Array.from({ length: 256 }, (_, index) => sobolPoint(index, SOBOL_DIMENSIONS, used));
      for (let dimension = 0; dimension < SOBOL_DIMENSIONS; dimension++) {
        const cells = new Set(points.map((point) => Math.floor(point[dimension]! * 256)));
        expect(cells.size).toBe(256);
      }
    }
  });

  it('refuses what it has no numbers for', () => {
    expect(SOBOL_DIMENSIONS).toBe(128);
    expect(() => sobolPoint(0, 129)).toThrow(RangeError);
    expect(() => sobolPoint(-1, 2)).toThrow(RangeError);
    expect(() => sobolPoint(2 ** 32, 2)).toThrow(RangeError);
    expect(() => sobol.check(floatSpace(129), { scramble: 'shift' })).toThrow(/at most 128 dimensions/);
    expect(() => sobol.check(floatSpace(128), { scramble: 'shift' })).not.toThrow();
  });
});

describe('sobol sampler', () => {
  it('is shifted by the seed, the same for all points', () => {
    expect(propose('none', 'a', 8)).toEqual(propose('none', 'b', 8));
    const plain = propose('none', 'a', 8);
    const shifted = propose('shift', 'a', 8);
    const bits = (value: number): number => Math.round(value * 2 ** 32);
    const shifts = plain.map((point, index) => (bits(point[0]!) ^ bits(shifted[index]![0]!)) >>> 0);
    expect(new Set(shifts).size).toBe(1);
    expect(shifts[0]).not.toBe(0);
  });

  it('goes on where it was, whatever the waves', () => {
    const part = sobol.propose({
      options: { scramble: 'shift' },
      space: floatSpace(3),
      seed: 'a',
      history: [],
      wave: 4,
      firstTrial: 11,
      count: 5,
    });
    expect(part.map(numbersOf)).toEqual(propose('shift', 'a', 16).slice(11));
  });
});
