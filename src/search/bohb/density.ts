import type { Stream } from '../../core/random.js';
import type { Axis } from '../model-axes.js';

/** A kernel density estimate with one bandwidth per axis: normal for numbers, Aitchison-Aitken for choices. */
export interface Density {
  readonly axes: readonly Axis[];
  /** Rows of values, complete. */
  readonly points: readonly Float64Array[];
  readonly bandwidths: Float64Array;
}

/**
 * Fills values that are missing with those of other rows, drawn at random, or at random where no row has one.
 */
export function imputeRows(
  axes: readonly Axis[],
  rows: readonly Float64Array[],
  random: Stream,
): readonly Float64Array[] {
  const known = axes.map((_, axis) => rows.map((row) => row[axis]!).filter((value) => !Number.isNaN(value)));
  return rows.map((row) =>
    row.map((value, axis) => {
      if (!Number.isNaN(value)) return value;
      const values = known[axis]!;
      const { choices } = axes[axis]!;
      if (values.length > 0) return values[random.integer(values.length)]!;
      return choices > 0 ? random.integer(choices) : random.uniform();
    }),
  );
}

/**
 * Bandwidths by the rule of the normal reference, 1.06 s n^(−1/(4 + d)), at least `narrowest`. The s of a choice is
 * √((1 − Σ p²)/2) for the shares p, which is the standard deviation where there are two and does not depend on
 * their numbering; its bandwidth is at most (k − 1)/k for k choices, where the kernel is uniform.
 * @param n how many trials the points stand for: more than there are points where they are a selection.
 */
export function fitDensity(
  axes: readonly Axis[],
  points: readonly Float64Array[],
  narrowest: number,
  n = points.length,
): Density {
  const scale = 1.06 * n ** (-1 / (4 + axes.length));
  const bandwidths = Float64Array.from(axes, ({ choices }, axis) => {
    if (choices === 0) return Math.max(narrowest, scale * deviation(points, axis));
    const spread = Math.sqrt((1 - concentration(points, axis, choices)) / 2);
    return Math.min((choices - 1) / choices, Math.max(narrowest, scale * spread));
  });
  return { axes, points, bandwidths };
}

/** The standard deviation on an axis. */
function deviation(points: readonly Float64Array[], axis: number): number {
  let sum = 0;
  for (const point of points) sum += point[axis]!;
  const mean = sum / points.length;
  let squares = 0;
  for (const point of points) squares += (point[axis]! - mean) ** 2;
  return Math.sqrt(squares / points.length);
}

/** The sum of the squared shares of the choices on an axis. */
function concentration(points: readonly Float64Array[], axis: number, choices: number): number {
  const counts = new Float64Array(choices);
  for (const point of points) counts[point[axis]!]! += 1;
  return counts.reduce((sum, count) => sum + (count / points.length) ** 2, 0);
}
