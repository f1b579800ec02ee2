import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashJson, sha256 } from '../../src/core/json.js';

/** The same value with the keys of every map in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)] as const)
      .reverse(),
  );
}

describe('canonical JSON', () => {
  it('says the same as the value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        // JSON has no −0: JSON.parse of its own text tells what is left of the value.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it('sorts keys by code unit, writes numbers as short as they read back, and has no white space', () => {
    expect(canonicalJson({ b: [1, 2.5e-7, 1e21], a: null, Z: 'ü\n', 'a!': true })).toBe(
      '{"Z":"ü\\n","a":null,"a!":true,"b":[1,2.5e-7,1e+21]}',
    );
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson(0.1 + 0.2)).toBe('0.30000000000000004');
  });

  it('leaves out what is undefined in a map', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([[NaN], [Infinity], [[1, undefined]], [() => 1], [{ deep: [-Infinity] }]])(
    'refuses %s, which has no JSON',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(RangeError);
    },
  );
});

describe('hashes', () => {
  it('are SHA-256 of the text, and of its parts one after another', () => {
    // FIPS 180-2, example of one block.
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('a', new Uint8Array([98, 99]))).toBe(sha256('abc'));
  });

  it('of a value are the first 12 digits of that of its canonical text', () => {
    const digits = createHash('sha256').update('{"a":[1,2],"b":"x"}').digest('hex');
    expect(hashJson({ b: 'x', a: [1, 2] })).toBe(digits.slice(0, 12));
  });
});
