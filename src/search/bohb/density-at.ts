import type { Density } from './density.js';
import { expMinus } from './exp-minus.js';

/** Rounding may not stop a sum too early. */
const SURELY = 1 + 1e-9;

/** The density at a point, as a function of its values on the axes; see {@link densityAt}. */
export type DensityAt = (values: Float64Array, enough?: number) => number;

/**
 * The density at a point as a function of its values on the axes.
 * @returns a function whose second argument is a density that is enough: where the sum over the kernels gets there the
 *   rest is left out, and what is returned is at least that, but too small
 */
export function densityAt({ axes, points, bandwidths }: Density): DensityAt {
  const numbers = [...axes.keys()].filter((axis) => axes[axis]!.choices === 0);
  const choices = [...axes.keys()].filter((axis) => axes[axis]!.choices > 0);
  const rows = scaledRows(points, numbers, bandwidths);
  const chosen = choices.map((axis) => Int32Array.from(points, (point) => point[axis]!));
  const norm = numbers.reduce((product, axis) => product / (Math.sqrt(2 * Math.PI) * bandwidths[axis]!), 1);
  const factors = new Float64Array(BESIDE * Math.ceil(points.length / BESIDE));
  const place = new Float64Array(numbers.length);
  return (values, enough = Infinity) => {
    factors.fill(1, 0, points.length);
    choices.forEach((axis, index) => {
      const bandwidth = bandwidths[axis]!;
      const other = bandwidth / (axes[axis]!.choices - 1);
      multiplyFactors(factors, chosen[index]!, values[axis]!, 1 - bandwidth, other);
    });
    for (let index = 0; index < place.length; index++) {
      place[index] = values[numbers[index]!]! / bandwidths[numbers[index]!]!;
    }
    const most = norm < Infinity ? (enough / norm) * points.length * SURELY : Infinity;
    return (norm * sumOfKernels(factors, rows, place, most)) / points.length;
  };
}

/** Rows whose distances are computed side by side, so that no addition waits for the one before. */
const BESIDE = 4;

/** The points in bandwidths: in turn four of them, axis after axis, because one pass over them is what a point costs. */
function scaledRows(
  points: readonly Float64Array[],
  numbers: readonly number[],
  bandwidths: Float64Array,
): Float64Array {
  const rows = new Float64Array(BESIDE * Math.ceil(points.length / BESIDE) * numbers.length);
  points.forEach((point, row) => {
    const begin = (row - (row % BESIDE)) * numbers.length + (row % BESIDE);
    numbers.forEach((axis, index) => {
      rows[begin + index * BESIDE] = point[axis]! / bandwidths[axis]!;
    });
  });
  return rows;
}

function multiplyFactors(
  factors: Float64Array,
  chosen: Int32Array,
  choice: number,
  same: number,
  other: number,
): void {
  for (let point = 0; point < chosen.length; point++)
    factors[point]! *= chosen[point] === choice ? same : other;
}

/** Σ factor · exp(−½ the squared distance to the row), as long as it is not more than `most`. */
function sumOfKernels(factors: Float64Array, rows: Float64Array, place: Float64Array, most: number): number {
  const size = place.length * BESIDE;
  let sum = 0;
  for (let point = 0; point < factors.length && sum <= most; point += BESIDE) {
    let next = point * place.length;
    const end = next + size;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; next < end; index++) {
      const value = place[index]!;
      const za = rows[next]! - value;
      const zb = rows[next + 1]! - value;
      const zc = rows[next + 2]! - value;
      const zd = rows[next + 3]! - value;
      a += za * za;
      b += zb * zb;
      c += zc * zc;
      d += zd * zd;
      next += BESIDE;
    }
    sum +=
      factors[point]! * expMinus(0.5 * a) +
      factors[point + 1]! * expMinus(0.5 * b) +
      factors[point + 2]! * expMinus(0.5 * c) +
      factors[point + 3]! * expMinus(0.5 * d);
  }
  return sum;
}
