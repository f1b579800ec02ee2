import type { Stream } from '../../core/random.js';
import type { Assignment } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import { drawPoint } from './draw.js';
import { logDensity, type LogDensity } from './log-density.js';
import { growingMixture, mixtureOf, type GrowingMixture, type Mixture } from './mixture.js';
import { ROUNDS, type Evidence, type WaveProposer } from './wave-proposer.js';

/** Much more than rounding takes from a log density. */
const SURELY = 1e-6;

/** What all proposals of a wave share: its points are never good, so that they change l by nothing. */
interface Shared {
  readonly good: Mixture;
  readonly logGood: LogDensity;
  /** Of all others, and of the first points of the wave. */
  readonly bad: GrowingMixture;
}

/** A draw from l. */
interface Candidate {
  readonly index: number;
  readonly point: Assignment;
  readonly values: Float64Array;
  readonly logGood: number;
  /** What log l − log g is at most. */
  readonly most: number;
}

/** Proposes the point with the largest log l − log g among draws from l, all entries of a draw from one kernel. */
export function jointProposer(evidence: Evidence): WaveProposer {
  const { space, count, widths } = evidence;
  const all = modelAxes(space);
  const axes = [...all.keys()];
  const proposed: Assignment[] = [];
  let added = 0;
  let shared: Shared | undefined;
  const start = (): Shared => {
    const good = mixtureOf(all, axes, evidence.good, widths);
    const bad = growingMixture(all, axes, evidence.bad, widths, count);
    return { good, logGood: logDensity(good), bad };
  };
  return {
    propose: (random, seen) => {
      // Random draws of a beginning wave need no model.
      shared ??= start();
      for (; added < proposed.length; added++) shared.bad.add(axisValues(all, proposed[added]!));
      const logBad = logDensity(shared.bad.mixture());
      for (let round = 0; round < ROUNDS; round++) {
        const found = bestOf(drawCandidates(evidence, shared, logBad, random), logBad, seen.has);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    add: (point) => {
      proposed.push(point);
    },
  };
}

function drawCandidates(
  { space, candidates }: Evidence,
  { good, logGood }: Shared,
  logBad: LogDensity,
  random: Stream,
): Candidate[] {
  const all = modelAxes(space);
  return Array.from({ length: candidates }, (_, index) => {
    const unit = new Array<number>(space.dimensions).fill(0.5);
    drawPoint(good, random).forEach((coordinate, axis) => {
      unit[all[axis]!.coordinate] = coordinate;
    });
    const point = space.decode(unit);
    const values = axisValues(all, point);
    const likely = logGood.at(values);
    return { index, point, values, logGood: likely, most: likely - logBad.atLeast(values) };
  });
}

/**
 * The candidate with the largest log l − log g that was not seen, of equals the first. Those that may have the most come
 * first, so that of most others little need be known.
 */
function bestOf(
  candidates: Candidate[],
  logBad: LogDensity,
  isSeen: (point: Assignment) => boolean,
): Assignment | undefined {
  let best: Candidate | undefined;
  let highest = -Infinity;
  for (const candidate of candidates.sort((a, b) => b.most - a.most || a.index - b.index)) {
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
