import { describe, expect, it } from 'vitest';
import {
  countText,
  decimalsOf,
  fixedText,
  listText,
  nameText,
  numberText,
  pValueText,
  signedText,
} from '../../src/statistics/number-text.js';

describe('numbers as text', () => {
  it('keeps significant digits and has a true minus sign', () => {
    expect([0.123456, 1234.56, -0.5, 0, 1e-7, 2.5e9, 100].map((value) => numberText(value))).toEqual([
      '0.1235',
      '1235',
      '−0.5',
      '0',
      '1e−7',
      '2.5e9',
      '100',
    ]);
    expect([NaN, Infinity, -Infinity].map((value) => numberText(value))).toEqual(['undefined', '∞', '−∞']);
  });

  it('has fixed decimals without a negative zero', () => {
    expect(fixedText(-0.0004, 2)).toBe('0.00');
    expect(fixedText(-1.005, 1)).toBe('−1.0');
    expect(signedText(0.05, 3)).toBe('+0.050');
    expect(signedText(0.0001, 2)).toBe('0.00');
    expect(signedText(-0.05, 2)).toBe('−0.05');
  });

  it('shows two significant digits of an uncertainty', () => {
    expect([0.0123, 0.99, 1.5, 120, 0].map((value) => decimalsOf(value))).toEqual([3, 2, 1, 0, 4]);
  });

  it('makes phrases', () => {
    expect(pValueText(0.01234)).toBe('p = 0.012');
    expect(pValueText(1e-9)).toBe('p < 0.0001');
    expect([listText([]), listText(['a']), listText(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
    expect(['ce', 'ce, tuned', 'a and b', 'random'].map(nameText)).toEqual([
      'ce',
      '“ce, tuned”',
      '“a and b”',
      'random',
    ]);
    expect([countText(1, 'seed'), countText(3, 'seed')]).toEqual(['1 seed', '3 seeds']);
  });
});
