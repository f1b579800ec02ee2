import { coordinateOf, evenly, numberOf } from './entry-value.js';
import { clamp, rounderFor, roundDigits } from './rounding.js';
import type { Condition, Entry } from './space.js';

export interface FloatRange {
  readonly low: number;
  /** ≥ low, which must be > 0 with `log`. */
  readonly high: number;
  /** Uniform in the logarithm. */
  readonly log?: boolean;
  /** Distance of the values low, low + step, …; in (0, high − low]; not with `log`. */
  readonly step?: number | undefined;
}

/**
 * A real number, uniform in [low, high], in its logarithm, or on a lattice of equally likely values. Both ends belong
 * to it. `encode` moves a number outside of the range to the nearest one inside.
 * The range is taken as checked (see check-range.ts).
 */
export function floatEntry(name: string, range: FloatRange, conditions: readonly Condition[] = []): Entry {
  const map = range.step === undefined ? continuous(range) : lattice(range, range.step);
  return {
    name,
    kind: 'float',
    dimensions: 1,
    conditions,
    ...(range.log === true ? { log: true } : {}),
    cardinality: map.cardinality,
    decode: (unit) => map.decode(coordinateOf(name, unit)),
    encode: (value) => [map.encode(clamp(numberOf(name, value), range.low, range.high))],
    grid: (resolution) => [...new Set(map.grid(resolution))],
  };
}

interface LineMap {
  readonly cardinality: number;
  decode(u: number): number;
  encode(value: number): number;
  grid(resolution: number): readonly number[];
}

function continuous({ low, high, log }: FloatRange): LineMap {
  const forward = log === true ? Math.log : (value: number): number => value;
  const backward = log === true ? Math.exp : (value: number): number => value;
  const round = log === true ? roundDigits : rounderFor(low, high);
  const start = forward(low);
  const width = forward(high) - start;
  const decode = (u: number): number => {
    // The ends are met exactly, whatever their digits.
    if (u <= 0) return low;
    if (u >= 1) return high;
    return clamp(round(backward(start + u * width)), low, high);
  };
  return {
    cardinality: low === high ? 1 : Infinity,
    decode,
    encode: (value) => (width === 0 ? 0.5 : clamp((forward(value) - start) / width, 0, 1)),
    grid: (resolution) => evenly(resolution).map(decode),
  };
}

function lattice({ low, high }: FloatRange, step: number): LineMap {
  const cardinality = latticeSize(low, high, step);
  const round = rounderFor(low, high);
  const valueAt = (index: number): number => clamp(round(low + index * step), low, high);
  const decode = (u: number): number => valueAt(Math.min(cardinality - 1, Math.floor(u * cardinality)));
  return {
    cardinality,
    decode,
    encode: (value) => (clamp(Math.round((value - low) / step), 0, cardinality - 1) + 0.5) / cardinality,
    grid: (resolution) =>
      cardinality <= resolution
        ? Array.from({ length: cardinality }, (_, index) => valueAt(index))
        : evenly(resolution).map(decode),
  };
}

/** Values of low, low + step, … that are not above high; a last one that misses by rounding counts. */
export function latticeSize(low: number, high: number, step: number): number {
  return Math.floor((high - low) / step + 1e-9) + 1;
}
