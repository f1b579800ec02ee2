import { renderValue } from '../core/render-value.js';
import type { Condition, Entry, EntryValue } from './space.js';

/** Weights are whole multiples of 1 / UNITS, so that the arithmetic below is exact. */
const UNITS = 1e10;

/**
 * Weights of `parts` things, non-negative and with sum 1, uniform on the simplex (Dirichlet(1, …, 1)) by stick
 * breaking: coordinate i says how much of the rest stays after part i, rest' = rest · u^(1/m) with m = parts − 1 − i.
 * That is the quantile of Beta(1, m) for the share 1 − u^(1/m) of part i; this way round u keeps its digits where a
 * share is close to 1. u = 0 gives the part all that is left, u = 1 nothing; the last part gets the rest.
 * Where nothing is left the coordinates do not matter, and `encode` says 0.5.
 */
export function simplexEntry(name: string, parts: number, conditions: readonly Condition[] = []): Entry {
  return {
    name,
    kind: 'simplex',
    dimensions: parts - 1,
    conditions,
    cardinality: Infinity,
    decode: (unit) => decode(name, parts, unit),
    encode: (value) => encode(name, parts, value),
    grid: (resolution) => grid(parts, resolution),
  };
}

function decode(name: string, parts: number, unit: readonly number[]): readonly number[] {
  if (unit.length !== parts - 1 || unit.some((u) => Number.isNaN(u))) {
    throw new RangeError(`"${name}" has ${parts - 1} coordinates, numbers; got [${unit.join(', ')}]`);
  }
  let rest = UNITS;
  const units = unit.map((u, index) => {
    const left = Math.round(rest * Math.min(1, Math.max(0, u)) ** (1 / (parts - 1 - index)));
    const taken = rest - left;
    rest = left;
    return taken;
  });
  return [...units, rest].map((one) => one / UNITS);
}

function encode(name: string, parts: number, value: EntryValue): readonly number[] {
  const weights = Array.isArray(value) ? (value as readonly number[]) : [];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length !== parts || weights.some((one) => !(one >= 0)) || !(Math.abs(sum - 1) < 1e-6)) {
    throw new RangeError(
      `"${name}" is ${parts} weights ≥ 0 with sum 1; got ${Array.isArray(value) ? `[${weights.join(', ')}]` : renderValue(value)}`,
    );
  }
  let rest = UNITS;
  return weights.slice(0, -1).map((weight, index) => {
    const taken = Math.min(rest, Math.round((weight / sum) * UNITS));
    const u = rest === 0 ? 0.5 : ((rest - taken) / rest) ** (parts - 1 - index);
    rest -= taken;
    return u;
  });
}

/** All weights that are multiples of 1/n, for the largest n that gives at most `resolution` of them. */
function grid(parts: number, resolution: number): readonly (readonly number[])[] {
  if (resolution < parts) return [Array.from({ length: parts }, () => 1 / parts)];
  let pieces = 1;
  while (latticePoints(parts, pieces + 1) <= resolution) pieces++;
  return compositions(parts, pieces).map((counts) => counts.map((count) => count / pieces));
}

/** C(n + K − 1, K − 1). */
function latticePoints(parts: number, pieces: number): number {
  let points = 1;
  for (let k = 1; k < parts; k++) points = (points * (pieces + k)) / k;
  return Math.round(points);
}

/** All lists of `parts` whole numbers ≥ 0 with sum `pieces`, largest first. */
function compositions(parts: number, pieces: number): number[][] {
  if (parts === 1) return [[pieces]];
  return Array.from({ length: pieces + 1 }, (_, used) => pieces - used).flatMap((first) =>
    compositions(parts - 1, pieces - first).map((others) => [first, ...others]),
  );
}
