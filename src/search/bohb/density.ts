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

/** Rounding may not stop a sum too early. */
const SURELY = 1 + 1e-9;

/**
 * The density at a point as a function of its values on the axes.
 * @returns a function whose second argument is a density that is enough: where the sum over the kernels gets there the
 *   rest is left out, and what is returned is at least that, but too small
 */
export function densityAt({
  axes,
  points,
  bandwidths,
}: Density): (values: Float64Array, enough?: number) => number {
  const numbers = [...axes.keys()].filter((axis) => axes[axis]!.choices === 0);
  const choices = [...axes.keys()].filter((axis) => axes[axis]!.choices > 0);
  // Row after row, in bandwidths: one pass over them is what a point costs.
  const scaled = new Float64Array(points.length * numbers.length);
  points.forEach((point, row) => {
    numbers.forEach((axis, index) => {
      scaled[row * numbers.length + index] = point[axis]! / bandwidths[axis]!;
    });
  });
  const chosen = choices.map((axis) => Int32Array.from(points, (point) => point[axis]!));
  const norm = numbers.reduce((product, axis) => product / (Math.sqrt(2 * Math.PI) * bandwidths[axis]!), 1);
  const factors = new Float64Array(points.length);
  const place = new Float64Array(numbers.length);
  return (values, enough = Infinity) => {
    factors.fill(1);
    choices.forEach((axis, index) => {
      const bandwidth = bandwidths[axis]!;
      const other = bandwidth / (axes[axis]!.choices - 1);
      multiplyFactors(factors, chosen[index]!, values[axis]!, 1 - bandwidth, other);
    });
    for (let index = 0; index < place.length; index++) {
      place[index] = values[numbers[index]!]! / bandwidths[numbers[index]!]!;
    }
    const most = norm < Infinity ? (enough / norm) * points.length * SURELY : Infinity;
    return (norm * sumOfKernels(factors, scaled, place, most)) / points.length;
  };
}

function multiplyFactors(
  factors: Float64Array,
  chosen: Int32Array,
  choice: number,
  same: number,
  other: number,
): void {
  for (let point = 0; point < factors.length; point++)
    factors[point]! *= chosen[point] === choice ? same : other;
}

/** Σ factor · exp(−½ the squared distance to the row), as long as it is not more than `most`. */
function sumOfKernels(factors: Float64Array, rows: Float64Array, place: Float64Array, most: number): number {
  let sum = 0;
  let next = 0;
  for (let point = 0; point < factors.length && sum <= most; point++) {
    let squares = 0;
    for (let index = 0; index < place.length; index++) {
      const z = rows[next++]! - place[index]!;
      squares += z * z;
    }
    sum += factors[point]! * Math.exp(-0.5 * squares);
  }
  return sum;
}
