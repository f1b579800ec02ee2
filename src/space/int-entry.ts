import { coordinateOf, evenly, numberOf } from './entry-value.js';
import { clamp } from './rounding.js';
import type { Condition, Entry } from './space.js';

export interface IntRange {
  /** ≥ 1 with `log`. */
  readonly low: number;
  readonly high: number;
  /** Cells in proportion to log((k + ½) / (k − ½)). */
  readonly log?: boolean;
  /** Distance of the values low, low + step, …; not with `log`. */
  readonly step?: number | undefined;
}

/**
 * A whole number in low … high, both ends included: each the same cell of [0, 1], or in the logarithm. `encode` moves
 * a number that is not one of them to the nearest. The range is taken as checked (see check-range.ts).
 */
export function intEntry(name: string, range: IntRange, conditions: readonly Condition[] = []): Entry {
  const { low, high, log, step = 1 } = range;
  const cardinality = Math.floor((high - low) / step) + 1;
  const cells = log === true ? logCells(low, high) : equalCells(low, step, cardinality);
  return {
    name,
    kind: 'int',
    dimensions: 1,
    conditions,
    ...(log === true ? { log: true } : {}),
    cardinality,
    decode: (unit) => cells.decode(coordinateOf(name, unit)),
    encode: (value) => [cells.encode(clamp(numberOf(name, value), low, high))],
    grid: (resolution) =>
      cardinality <= resolution
        ? Array.from({ length: cardinality }, (_, index) => low + index * step)
        : [...new Set(evenly(resolution).map(cells.decode))],
  };
}

interface Cells {
  readonly decode: (u: number) => number;
  readonly encode: (value: number) => number;
}

function equalCells(low: number, step: number, cardinality: number): Cells {
  return {
    decode: (u) => low + step * Math.min(cardinality - 1, Math.floor(u * cardinality)),
    encode: (value) => (clamp(Math.round((value - low) / step), 0, cardinality - 1) + 0.5) / cardinality,
  };
}

function logCells(low: number, high: number): Cells {
  const start = Math.log(low - 0.5);
  const width = Math.log(high + 0.5) - start;
  return {
    decode: (u) => clamp(Math.round(Math.exp(start + u * width)), low, high),
    encode: (value) => {
      const whole = Math.round(value);
      const middle = (Math.log(whole - 0.5) + Math.log(whole + 0.5)) / 2;
      return clamp((middle - start) / width, 0, 1);
    },
  };
}
