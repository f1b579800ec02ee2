/** A function value and its gradient there. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface LbfgsOptions {
  /** Steps at most. */
  readonly steps: number;
  /** Ends where no component of the gradient is larger. */
  readonly tolerance: number;
  /** Pairs of differences kept. */
  readonly memory?: number;
}

export interface Minimum extends Evaluation {
  readonly point: Float64Array;
  readonly evaluations: number;
}

const ARMIJO = 1e-4;
const CURVATURE = 0.9;
const TRIES = 25;

/**
 * Minimises a smooth function without bounds: limited-memory BFGS (Nocedal & Wright, algorithm 7.4) with a line
 * search by bracketing and halving for the weak Wolfe conditions (Lewis & Overton, Math. Program. 141, 2013).
 * A value that is not a number counts as infinitely large. Ends early where no step improves.
 */
export function minimise(
  objective: (point: Float64Array) => Evaluation,
  start: Float64Array,
  { steps, tolerance, memory = 8 }: LbfgsOptions,
): Minimum {
  let evaluations = 1;
  let point: Float64Array = start.slice();
  let here = objective(point);
  const pairs: Pair[] = [];
  for (let step = 0; step < steps && here.gradient.some((part) => Math.abs(part) > tolerance); step++) {
    let direction = descent(here.gradient, pairs);
    let slope = dot(direction, here.gradient);
    if (!(slope < 0)) {
      pairs.length = 0;
      direction = here.gradient.map((part) => -part);
      slope = dot(direction, here.gradient);
    }
    // Without knowledge of the curvature a step of length 1 at most.
    const first = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const found = search(objective, point, here, direction, slope, first);
    evaluations += found.evaluations;
    if (found.next === undefined) break;
    const moved = found.point.map((value, index) => value - point[index]!);
    const turned = found.next.gradient.map((value, index) => value - here.gradient[index]!);
    const product = dot(moved, turned);
    if (product > 1e-12 * dot(turned, turned)) pairs.push({ moved, turned, product });
    if (pairs.length > memory) pairs.shift();
    const gain = here.value - found.next.value;
    point = found.point;
    here = found.next;
    if (gain <= 1e-12 * Math.abs(here.value)) break;
  }
  return { ...here, point, evaluations };
}

/** How a step moved the point and turned the gradient, and their inner product. */
interface Pair {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly product: number;
}

/** The direction −H g by the two-loop recursion. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const result = gradient.map((part) => -part);
  const shares = new Array<number>(pairs.length);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const { moved, turned, product } = pairs[index]!;
    shares[index] = dot(moved, result) / product;
    addScaled(result, turned, -shares[index]!);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.product / dot(last.turned, last.turned);
    for (let index = 0; index < result.length; index++) result[index]! *= scale;
  }
  pairs.forEach(({ moved, turned, product }, index) => {
    addScaled(result, moved, shares[index]! - dot(turned, result) / product);
  });
  return result;
}

interface Found {
  readonly point: Float64Array;
  /** Undefined where no step improved. */
  readonly next: Evaluation | undefined;
  readonly evaluations: number;
}

function search(
  objective: (point: Float64Array) => Evaluation,
  point: Float64Array,
  here: Evaluation,
  direction: Float64Array,
  slope: number,
  first: number,
): Found {
  let low = 0;
  let high = Infinity;
  let length = first;
  let best: Found = { point, next: undefined, evaluations: 0 };
  for (let tried = 1; tried <= TRIES; tried++) {
    const next = point.map((value, index) => value + length * direction[index]!);
    const there = objective(next);
    if (!(there.value <= here.value + ARMIJO * length * slope)) {
      high = length;
    } else {
      best = { point: next, next: there, evaluations: tried };
      if (dot(there.gradient, direction) >= CURVATURE * slope) return best;
      low = length;
    }
    length = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return { ...best, evaluations: TRIES };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

function addScaled(target: Float64Array, other: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += factor * other[index]!;
}
