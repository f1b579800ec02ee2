import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permutation, stream } from '../../src/core/random.js';

const DRAWS = 20_000;
const draw = (next: () => number): number[] => Array.from({ length: DRAWS }, next);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a stream', () => {
  it('is the same for the same path, and another for any other', () => {
    const path = fc.array(fc.oneof(fc.integer(), fc.stringMatching(/^[a-z]{1,5}$/)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(path, path, (one, other) => {
        const first = stream(...one);
        const again = stream(...one);
        for (let index = 0; index < 5; index++) expect(again.uniform()).toBe(first.uniform());
        fc.pre(one.join('/') !== other.join('/'));
        expect(stream(...other).uniform()).not.toBe(stream(...one).uniform());
      }),
    );
  });

  it('draws uniform numbers in [0, 1) with more than 32 random bits', () => {
    const values = draw(stream('uniform').uniform);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    // Standard errors: 0.29/√n of the mean; χ² with 9 degrees of freedom is above 27.9 once in a thousand.
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.009);
    const counts = new Array<number>(10).fill(0);
    for (const value of values) counts[Math.floor(10 * value)]!++;
    expect(counts.reduce((sum, count) => sum + (count - DRAWS / 10) ** 2 / (DRAWS / 10), 0)).toBeLessThan(28);
    expect(values.some((value) => !Number.isInteger(value * 2 ** 32))).toBe(true);
  });

  it('draws normal numbers with the moments 0, 1, 0 and 3, all of them finite', () => {
    const { normal } = stream('normal');
    const values = draw(normal);
    expect(values.every(Number.isFinite)).toBe(true);
    // Four standard errors of each sample moment: √(1, 2, 15, 96)/√n.
    [0, 1, 0, 3].forEach((moment, index) => {
      const slack = 4 * Math.sqrt([1, 2, 15, 96][index]! / DRAWS);
      expect(Math.abs(mean(values.map((value) => value ** (index + 1))) - moment)).toBeLessThan(slack);
    });
  });

  it('draws integers below the bound, all of them', () => {
    const random = stream('integer');
    expect(new Set(Array.from({ length: 200 }, () => random.integer(5)))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(random.integer(1)).toBe(0);
  });
});

describe('a permutation', () => {
  it('holds every number once', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(), (size, seed) => {
        const order = permutation(size, stream(seed));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
      }),
    );
  });

  it('is any of the 24 orders of four with the same chance', () => {
    const random = stream('orders');
    const counts = new Map<string, number>();
    for (let index = 0; index < 4800; index++) {
      const order = permutation(4, random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // χ² with 23 degrees of freedom: 49.7 is its 99.9 % quantile.
    const square = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(square).toBeLessThan(49.7);
  });
});
