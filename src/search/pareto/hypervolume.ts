import { smallest } from '../../core/extremes.js';
import { byNumber } from '../../core/order.js';
import { dominates, type Objectives } from './dominance.js';

/**
 * The volume between a set of points and a reference point that is worse than all of them: what the set dominates.
 * Exact for any number of objectives: a sweep for two, the exclusive volumes of WFG for more. Equal and dominated
 * points change nothing; the empty set has 0; a point on the border of the reference adds 0. Where a coordinate of
 * the reference is infinite the volume of a set that is not empty is infinite.
 * Source: While, Bradstreet & Barone, IEEE Transactions on Evolutionary Computation 16 (2012).
 * @throws RangeError where a point lies beyond the reference, has another number of coordinates, or a number is NaN.
 */
export function hypervolume(points: readonly Objectives[], reference: Objectives): number {
  checkPoints(points, reference);
  if (points.length === 0) return 0;
  if (reference.includes(Infinity)) return Infinity;
  return volume(
    points.filter((point) => isInside(point, reference)),
    reference,
  );
}

/**
 * What a point adds to the hypervolume of a set; 0 where it does not lie inside the reference, or the set dominates
 * it. Points of the set that are not inside add nothing to it.
 * @throws RangeError as {@link hypervolume}, but not for points beyond the reference.
 */
export function hypervolumeImprovement(
  point: Objectives,
  points: readonly Objectives[],
  reference: Objectives,
): number {
  [point, ...points].forEach((one) => checkPoint(one, reference));
  if (!isInside(point, reference)) return 0;
  return exclusive(
    point,
    points.filter((other) => isInside(other, reference)),
    reference,
  );
}

/** True where the point is better than the reference in every objective. */
export function isInside(point: Objectives, reference: Objectives): boolean {
  return point.every((value, index) => value < reference[index]!);
}

function checkPoints(points: readonly Objectives[], reference: Objectives): void {
  for (const point of points) {
    checkPoint(point, reference);
    if (point.some((value, index) => value > reference[index]!)) {
      throw new RangeError(
        `the point (${point.join(', ')}) lies beyond the reference (${reference.join(', ')})`,
      );
    }
  }
  if (reference.some(Number.isNaN)) throw new RangeError('the reference has a coordinate that is no number');
}

function checkPoint(point: Objectives, reference: Objectives): void {
  if (point.length !== reference.length) {
    throw new RangeError(`${reference.length} coordinates expected, got (${point.join(', ')})`);
  }
  if (point.some(Number.isNaN) || reference.some(Number.isNaN)) {
    throw new RangeError(`a coordinate is no number: (${point.join(', ')}), (${reference.join(', ')})`);
  }
}

/** Hypervolume of points that all lie inside. */
function volume(points: readonly Objectives[], reference: Objectives): number {
  if (points.length === 0) return 0;
  if (points.length === 1) return box(points[0]!, reference);
  if (reference.length === 1) return reference[0]! - smallest(points.map(([value]) => value!));
  if (reference.length === 2) return sweep(points, reference);
  // The worst in the last objective first: the sets that limit the others soon become small.
  const front = nonDominated(points).sort((a, b) => byNumber(b.at(-1)!, a.at(-1)!));
  return front.reduce((sum, point, index) => sum + exclusive(point, front.slice(index + 1), reference), 0);
}

/** Volume that the point dominates and the others do not. */
function exclusive(point: Objectives, others: readonly Objectives[], reference: Objectives): number {
  const limited = others.map((other) => other.map((value, index) => Math.max(value, point[index]!)));
  const whole = box(point, reference);
  const shared = volume(limited, reference);
  // Not ∞ − ∞: where both are infinite, what is left is not known to be more than nothing.
  return whole === shared ? 0 : whole - shared;
}

function box(point: Objectives, reference: Objectives): number {
  return point.reduce((product, value, index) => product * (reference[index]! - value), 1);
}

/** Two objectives: strips from the best of the first objective on. */
function sweep(points: readonly Objectives[], [right, top]: Objectives): number {
  const order = [...points].sort((a, b) => byNumber(a[0]!, b[0]!) || byNumber(a[1]!, b[1]!));
  let sum = 0;
  let ceiling = top!;
  for (const [x, y] of order) {
    if (y! >= ceiling) continue;
    sum += (right! - x!) * (ceiling - y!);
    ceiling = y!;
  }
  return sum;
}

/** Those that no other dominates, each once. */
function nonDominated(points: readonly Objectives[]): Objectives[] {
  return points.filter((point, index) =>
    points.every(
      (other, place) =>
        place === index ||
        !(dominates(other, point) || (place < index && other.every((value, at) => value === point[at]))),
    ),
  );
}
