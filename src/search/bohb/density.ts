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
): Float64Array[] {
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
 */
export function fitDensity(
  axes: readonly Axis[],
  points: readonly Float64Array[],
  narrowest: number,
): Density {
  const scale = 1.06 * points.length ** (-1 / (4 + axes.length));
  const bandwidths = Float64Array.from(axes, ({ choices }, axis) => {
    const values = points.map((point) => point[axis]!);
    if (choices === 0) return Math.max(narrowest, scale * deviation(values));
    const concentration = Array.from({ length: choices }, (_, choice) =>
      values.filter((value) => value === choice),
    )
      .map(({ length }) => (length / values.length) ** 2)
      .reduce((sum, square) => sum + square, 0);
    return Math.min((choices - 1) / choices, Math.max(narrowest, scale * Math.sqrt((1 - concentration) / 2)));
  });
  return { axes, points, bandwidths };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The density at a point as a function of its values on the axes. */
export function densityAt({ axes, points, bandwidths }: Density): (values: Float64Array) => number {
  const numbers = [...axes.keys()].filter((axis) => axes[axis]!.choices === 0);
  const choices = [...axes.keys()].filter((axis) => axes[axis]!.choices > 0);
  const columns = axes.map((_, axis) => Float64Array.from(points, (point) => point[axis]! / scaleOf(axis)));
  function scaleOf(axis: number): number {
    return axes[axis]!.choices === 0 ? bandwidths[axis]! : 1;
  }
  const norm = numbers.reduce((product, axis) => product / (Math.sqrt(2 * Math.PI) * bandwidths[axis]!), 1);
  const squares = new Float64Array(points.length);
  return (values) => {
    squares.fill(0);
    for (const axis of numbers) addSquares(squares, columns[axis]!, values[axis]! / bandwidths[axis]!);
    let sum = 0;
    for (let point = 0; point < squares.length; point++) {
      let factor = 1;
      for (const axis of choices) {
        const bandwidth = bandwidths[axis]!;
        const same = columns[axis]![point] === values[axis];
        factor *= same ? 1 - bandwidth : bandwidth / (axes[axis]!.choices - 1);
      }
      sum += factor * Math.exp(-0.5 * squares[point]!);
    }
    return (norm * sum) / points.length;
  };
}

function addSquares(squares: Float64Array, column: Float64Array, value: number): void {
  for (let point = 0; point < squares.length; point++) {
    const z = column[point]! - value;
    squares[point]! += z * z;
  }
}
