import type { Stream } from '../../core/random.js';
import { uniformPoint } from '../points.js';
import { SOBOL_DIMENSIONS, sobolPoint } from '../sobol-sequence.js';

/**
 * Points of the unit cube by index: a Sobol sequence with a random shift; in more dimensions than it has, random
 * points, whose index is then not looked at.
 */
export function cubePoints(dimensions: number, random: Stream): (index: number) => number[] {
  if (dimensions > SOBOL_DIMENSIONS) return () => uniformPoint(dimensions, random);
  const shift = Uint32Array.from({ length: dimensions }, () => random.integer(2 ** 32));
  return (index) => sobolPoint(index, dimensions, shift);
}
