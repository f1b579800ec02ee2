import { cellDensity } from './cell-density.js';
import type { Mixture } from './mixture.js';
import { reachOf } from './reach.js';
import { squareAt, startTerms, takeDistances, type Terms } from './terms.js';

/** Kernels that lie this far, in logarithms, below the prior's are left out: 10⁴ of them change no tenth digit. */
const NEGLIGIBLE = 33;

/** Kernels that are looked at before it is asked whether the density is high enough. */
const BLOCK = 64;

/** The log density at points: their values on the axes of a mixture, NaN where inactive. */
export interface LogDensity {
  /** Where it is above `enough` the sum may end early: what is returned is above `enough` then, but too low. */
  at(point: Float64Array, enough?: number): number;
  /** That of the newest kernels alone and the prior: no more than the density, and found in no time. */
  atLeast(point: Float64Array): number;
}

/**
 * The log density of a mixture. Masses of cells and choices on discrete axes, densities of the unit coordinate on the
 * others. What depends on the kernels alone is computed once; a point costs a square for each kernel and continuous
 * axis, fewer where a kernel is far, and one exponential for each kernel that is near.
 */
export function logDensity(mixture: Mixture): LogDensity {
  const { weights, axes } = mixture;
  const size = weights.length;
  const reach = axes.some(({ axis }) => axis.edges !== undefined) ? reachOf(mixture) : Infinity;
  const logWeights = weights.map(Math.log);
  const lines = axes.map((kernels) => ('kernelOf' in kernels ? undefined : kernels));
  const cells = axes.map((kernels) => ('kernelOf' in kernels ? cellDensity(kernels, reach) : undefined));
  const room: Terms = { terms: new Float64Array(size), kernelAt: new Int32Array(size) };
  const { terms } = room;
  const blocks = Math.ceil(size / BLOCK);
  const counts = new Int32Array(blocks);
  const patterns = new Map<string, Pattern>();
  let last: Pattern | undefined;
  const patternOf = (point: Float64Array): Pattern => {
    // Mostly the same as before, and to compare is faster than to name it.
    if (last !== undefined && isLike(last, point)) return last;
    const inactive = Array.from(point, Number.isNaN);
    const key = inactive.join();
    const known = patterns.get(key);
    const active = [...axes.keys()].filter((index) => !inactive[index]);
    const activeLines = active.filter((index) => lines[index] !== undefined);
    last = known ?? {
      inactive,
      lines: activeLines,
      cells: active.filter((index) => cells[index] !== undefined),
      base: sumOf([logWeights, ...activeLines.map((index) => lines[index]!.norms)]),
    };
    patterns.set(key, last);
    return last;
  };
  const sumDownTo = (lowest: number, point: Float64Array, enough: number): number => {
    const { base, lines: activeLines, cells: activeCells } = patternOf(point);
    let floor = -Infinity;
    let largest = -Infinity;
    // The sum so far, as part of what is enough.
    let surplus = 0;
    // The prior is the last kernel; and the newest of the trials are the likeliest to be near.
    for (let block = blocks - 1; block >= lowest; block--) {
      const begin = block * BLOCK;
      const end = Math.min(size, begin + BLOCK);
      startTerms(room, base, begin, end);
      for (const index of activeCells) cells[index]!(terms, point[index]!, begin, end);
      if (end === size) {
        let prior = terms[size - 1]!;
        for (const index of activeLines) prior -= 0.5 * squareAt(lines[index]!, size - 1, point[index]!);
        floor = prior - NEGLIGIBLE;
      }
      let count = end - begin;
      for (const index of activeLines) {
        count = takeDistances(room, lines[index]!, point[index]!, floor, begin, count);
      }
      counts[block] = count;
      for (let place = begin; place < begin + count; place++) {
        const term = terms[place]!;
        if (term > largest) largest = term;
        if (enough < Infinity) surplus += Math.exp(term - enough);
      }
      if (surplus > 1) return enough + Math.log(surplus);
    }
    return largest + Math.log(sumOfExponentials(room, counts, lowest, largest));
  };
  return {
    at: (point, enough = Infinity) => sumDownTo(0, point, enough),
    atLeast: (point) => sumDownTo(blocks - 1, point, Infinity),
  };
}

/** Axes that are inactive together. */
interface Pattern {
  readonly inactive: readonly boolean[];
  /** Continuous axes that are active. */
  readonly lines: readonly number[];
  /** Discrete ones. */
  readonly cells: readonly number[];
  /** Of each kernel: the logarithm of its weight and norms. */
  readonly base: Float64Array;
}

function isLike({ inactive }: Pattern, point: Float64Array): boolean {
  for (let index = 0; index < inactive.length; index++) {
    if (Number.isNaN(point[index]!) !== inactive[index]) return false;
  }
  return true;
}

function sumOf(arrays: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(arrays[0]!.length);
  for (const array of arrays) for (let index = 0; index < sum.length; index++) sum[index]! += array[index]!;
  return sum;
}

/** Σ exp(term − largest) over the first terms of each block from the lowest on. */
function sumOfExponentials({ terms }: Terms, counts: Int32Array, lowest: number, largest: number): number {
  let sum = 0;
  for (let block = lowest; block < counts.length; block++) {
    const begin = block * BLOCK;
    for (let place = begin; place < begin + counts[block]!; place++) sum += Math.exp(terms[place]! - largest);
  }
  return sum;
}
