import type { LogDensity } from './log-density.js';

/** A draw from l. */
export interface Candidate<Point> {
  readonly index: number;
  readonly point: Point;
  /** On the axes of the model. */
  readonly values: Float64Array;
  readonly logGood: number;
  /** What log l − log g is at most. */
  readonly most: number;
}

/** Much more than rounding takes from a log density. */
const SURELY = 1e-6;

/**
 * The candidate with the largest log l − log g that was not seen, of equals the first. Those that may have the most
 * come first, so that of most others little need be known.
 */
export function bestOf<Point>(
  candidates: readonly Candidate<Point>[],
  logBad: LogDensity,
  isSeen: (point: Point) => boolean,
): Point | undefined {
  let best: Candidate<Point> | undefined;
  let highest = -Infinity;
  for (const candidate of [...candidates].sort((a, b) => b.most - a.most || a.index - b.index)) {
    if (best !== undefined && candidate.most < highest - SURELY) break;
    const { logGood, values, index, point } = candidate;
    const gain = logGood - logBad.at(values, logGood - highest + SURELY);
    const isBetter = best === undefined || gain > highest || (gain === highest && index < best.index);
    // Last: to look a point up takes longer than most densities do.
    if (!isBetter || isSeen(point)) continue;
    best = candidate;
    highest = gain;
  }
  return best?.point;
}
