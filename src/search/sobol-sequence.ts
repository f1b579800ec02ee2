import { JOE_KUO_DIRECTIONS } from './joe-kuo-directions.js';

/** Dimensions for which direction numbers are at hand. */
export const SOBOL_DIMENSIONS = JOE_KUO_DIRECTIONS.length + 1;

const BITS = 32;
const SCALE = 2 ** -BITS;

/** Directions by dimension, 32 bits each, most significant bit first; computed when first asked for. */
const directionCache = new Map<number, Uint32Array>();

function directions(dimension: number): Uint32Array {
  const known = directionCache.get(dimension);
  if (known !== undefined) return known;
  const computed = computeDirections(dimension);
  directionCache.set(dimension, computed);
  return computed;
}

function computeDirections(dimension: number): Uint32Array {
  const result = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let bit = 0; bit < BITS; bit++) result[bit] = 2 ** (BITS - 1 - bit);
    return result;
  }
  const [degree, coefficients, ...initial] = JOE_KUO_DIRECTIONS[dimension - 1]! as [
    number,
    number,
    ...number[],
  ];
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      result[bit] = initial[bit]! * 2 ** (BITS - 1 - bit);
      continue;
    }
    // Recurrence of the primitive polynomial (Joe & Kuo 2008, equation 5), on numbers that are shifted already.
    let value = result[bit - degree]! ^ (result[bit - degree]! >>> degree);
    for (let k = 1; k < degree; k++) {
      if ((coefficients >>> (degree - 1 - k)) & 1) value ^= result[bit - k]!;
    }
    result[bit] = value;
  }
  return result;
}

/**
 * Point `index` (from 0) of the Sobol sequence in Gray-code order: dimension 1 runs 0, .5, .75, .25, .375, …
 * Balanced at powers of two only.
 * @param shift one 32-bit integer per dimension, combined by exclusive or (a digital shift keeps the balance).
 * @returns `dimensions` multiples of 2^-32 in [0, 1).
 * @throws RangeError on more than {@link SOBOL_DIMENSIONS} dimensions or an index that is not in 0 … 2^32 − 1.
 */
export function sobolPoint(index: number, dimensions: number, shift?: Uint32Array): number[] {
  if (dimensions > SOBOL_DIMENSIONS) {
    throw new RangeError(`Sobol points have at most ${SOBOL_DIMENSIONS} dimensions, not ${dimensions}`);
  }
  if (!Number.isInteger(index) || index < 0 || index >= 2 ** BITS) {
    throw new RangeError(`a Sobol index lies in 0 … 2^32 - 1, not ${index}`);
  }
  const gray = (index ^ (index >>> 1)) >>> 0;
  return Array.from({ length: dimensions }, (_, dimension) => {
    const vectors = directions(dimension);
    let bits = shift?.[dimension] ?? 0;
    for (let bit = 0, rest = gray; rest !== 0; bit++, rest >>>= 1) {
      if (rest & 1) bits ^= vectors[bit]!;
    }
    return (bits >>> 0) * SCALE;
  });
}
