import type { Stream } from '../../core/random.js';
import type { Assignment, EntryValue } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import { extendTable, tableOfRows, type TrialTable } from '../trial-table.js';
import { drawPoint } from './draw.js';
import { logDensity } from './log-density.js';
import { mixtureOf, type Mixture } from './mixture.js';
import { ROUNDS, type Evidence, type WaveProposer } from './wave-proposer.js';

/** Proposes one entry after the other, each by the draws and models of its own, as if the others did not matter. */
export function entryProposer(told: Evidence): WaveProposer {
  let evidence = told;
  return {
    propose: (random, seen) => {
      for (let round = 0; round < ROUNDS; round++) {
        const point = composePoint(evidence, random);
        if (!seen.has(point)) return point;
      }
      return undefined;
    },
    add: (point) => {
      evidence = { ...evidence, bad: extendTable(evidence.space, evidence.bad, [point]) };
    },
  };
}

/** The mixture of the rows that have a value on the first of the axes. */
function mixtureOn({ space, widths }: Evidence, table: TrialTable, axes: readonly number[]): Mixture {
  const active = table.orders[axes[0]!]!;
  const rows = active.length === table.rows ? table : tableOfRows(table, active.slice().sort());
  return mixtureOf(modelAxes(space), axes, rows, widths);
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
    const good = mixtureOn(evidence, evidence.good, axes);
    const bad = mixtureOn(evidence, evidence.bad, axes);
    const [logGood, logBad] = [logDensity(good), logDensity(bad)];
    let highest = -Infinity;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const value = entry.decode(drawPoint(good, random));
      const values = axisValues(
        axes.map((axis) => all[axis]!),
        { [entry.name]: value },
      );
      const gain = logGood.at(values) - logBad.at(values);
      if (candidate > 0 && !(gain > highest)) continue;
      assignment[entry.name] = value;
      highest = gain;
    }
  }
  return assignment;
}
