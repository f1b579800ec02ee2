import type { Stream } from '../../core/random.js';
import type { Assignment, Entry, EntryValue, Space } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import type { TrialTable } from '../trial-table.js';
import type { SeenPoints } from '../unseen.js';
import { drawPoint } from './draw.js';
import { logDensity } from './log-density.js';
import { mixtureOf, type Mixture } from './mixture.js';
import type { WidthOptions } from './parzen.js';

/** What a proposal is made from. */
export interface Evidence {
  readonly space: Space;
  /** The trials told, then those of this wave that were proposed before. */
  readonly table: TrialTable;
  /** 1 for the rows that are good; rows beyond its end are not. */
  readonly good: Uint8Array;
  readonly widths: WidthOptions;
  /** Draws of which the best is taken. */
  readonly candidates: number;
}

/** l and g on some axes, from the rows that have a value in `entry`, or from all. */
function models(
  { space, table, good, widths }: Evidence,
  axes: readonly number[],
  entry?: Entry,
): [Mixture, Mixture] {
  const all = modelAxes(space);
  const column = entry === undefined ? undefined : table.columns[axes[0]!]!;
  const rows = (wanted: boolean): Int32Array => {
    const found = new Int32Array(table.rows);
    let count = 0;
    for (let row = 0; row < table.rows; row++) {
      if ((good[row] === 1) === wanted && !Number.isNaN(column?.[row] ?? 0)) found[count++] = row;
    }
    return found.subarray(0, count);
  };
  return [mixtureOf(all, axes, table, rows(true), widths), mixtureOf(all, axes, table, rows(false), widths)];
}

/** Rounds of draws, as long as all were proposed before. */
const ROUNDS = 5;

/**
 * The point that was not proposed before with the largest log l − log g among draws from l, all entries from one
 * kernel; undefined where all draws were proposed before: the good region of the space is used up.
 */
export function proposeJointly(evidence: Evidence, random: Stream, seen: SeenPoints): Assignment | undefined {
  const { space, candidates } = evidence;
  const all = modelAxes(space);
  const [good, bad] = models(evidence, [...all.keys()]);
  const [logGood, logBad] = [logDensity(good), logDensity(bad)];
  let best: Assignment | undefined;
  let highest = -Infinity;
  for (let candidate = 0; candidate < candidates * ROUNDS; candidate++) {
    if (best !== undefined && candidate % candidates === 0) break;
    const unit = new Array<number>(space.dimensions).fill(0.5);
    drawPoint(good, random).forEach((coordinate, axis) => {
      unit[all[axis]!.coordinate] = coordinate;
    });
    const assignment = space.decode(unit);
    if (seen.has(assignment)) continue;
    const values = axisValues(all, assignment);
    const gain = logGood(values) - logBad(values);
    if (best !== undefined && !(gain > highest)) continue;
    best = assignment;
    highest = gain;
  }
  return best;
}

/**
 * One entry after the other, each by the draws and models of its own, as if the others did not matter; undefined
 * where all points so found were proposed before.
 */
export function proposeEntryByEntry(
  evidence: Evidence,
  random: Stream,
  seen: SeenPoints,
): Assignment | undefined {
  for (let round = 0; round < ROUNDS; round++) {
    const point = composePoint(evidence, random);
    if (!seen.has(point)) return point;
  }
  return undefined;
}

function composePoint(evidence: Evidence, random: Stream): Assignment {
  const { space, candidates } = evidence;
  const all = modelAxes(space);
  const assignment: Record<string, EntryValue> = {};
  for (const entry of space.entries) {
    if (!space.isActive(entry, assignment)) continue;
    const axes = [...all.keys()].filter((axis) => all[axis]!.entry === entry);
    if (axes.length === 0) {
      assignment[entry.name] = entry.decode(new Array<number>(entry.dimensions).fill(0.5));
      continue;
    }
    const [good, bad] = models(evidence, axes, entry);
    const [logGood, logBad] = [logDensity(good), logDensity(bad)];
    let highest = -Infinity;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const value = entry.decode(drawPoint(good, random));
      const values = axisValues(
        axes.map((axis) => all[axis]!),
        { [entry.name]: value },
      );
      const gain = logGood(values) - logBad(values);
      if (candidate > 0 && !(gain > highest)) continue;
      assignment[entry.name] = value;
      highest = gain;
    }
  }
  return assignment;
}
