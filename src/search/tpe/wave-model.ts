import type { Stream } from '../../core/random.js';
import { modelAxes } from '../model-axes.js';
import { tableOfRows, type TrialTable } from '../trial-table.js';
import { bestOf, type Candidate } from './candidate.js';
import { drawPoint } from './draw.js';
import { logDensity, type LogDensity } from './log-density.js';
import { growingMixture, mixtureOf, type GrowingMixture, type Mixture } from './mixture.js';
import type { Evidence } from './wave-proposer.js';

/** A draw as what it stands for, and its values on the axes of the model. */
export interface Draw<Point> {
  readonly point: Point;
  readonly values: Float64Array;
}

/** The densities l of the good trials and g of all others on some axes, for the proposals of a wave. */
export interface WaveModel {
  /**
   * The draw from l with the largest log l − log g.
   * @param read what the coordinates of a draw stand for
   * @param isSeen draws to be passed over; undefined is returned where these are all
   */
  best<Point>(
    random: Stream,
    read: (coordinates: readonly number[]) => Draw<Point>,
    isSeen: (point: Point) => boolean,
  ): Point | undefined;
  /** @param values on all axes of a point of the wave, which belongs to g from now on */
  add(values: Float64Array): void;
}

interface Densities {
  readonly good: Mixture;
  readonly logGood: LogDensity;
  readonly bad: GrowingMixture;
}

/**
 * Built when it is first asked: random draws of a beginning wave need none. Points of the wave are never good, so that
 * all its proposals share l, and g grows.
 * @param alone whether trials without a value on the first axis are left out, else they count with the prior there
 */
export function waveModel(evidence: Evidence, axes: readonly number[], alone: boolean): WaveModel {
  const { space, widths, candidates, count } = evidence;
  const all = modelAxes(space);
  let densities: Densities | undefined;
  const waiting: Float64Array[] = [];
  const build = (): Densities => {
    const [good, bad] = [evidence.good, evidence.bad].map((table) =>
      alone ? rowsOn(table, axes[0]!) : table,
    );
    const goodMixture = mixtureOf(all, axes, good!, widths);
    return {
      good: goodMixture,
      logGood: logDensity(goodMixture),
      bad: growingMixture(all, axes, bad!, widths, count),
    };
  };
  return {
    best: <Point>(
      random: Stream,
      read: (coordinates: readonly number[]) => Draw<Point>,
      isSeen: (point: Point) => boolean,
    ) => {
      densities ??= build();
      const { good, logGood, bad } = densities;
      for (const values of waiting.splice(0)) bad.add(values);
      const logBad = logDensity(bad.mixture());
      const drawn = Array.from({ length: candidates }, (_, index): Candidate<Point> => {
        const { point, values } = read(drawPoint(good, random));
        const likely = logGood.at(values);
        return { index, point, values, logGood: likely, most: likely - logBad.atLeast(values) };
      });
      return bestOf(drawn, logBad, isSeen);
    },
    add: (values) => {
      if (!alone || !Number.isNaN(values[axes[0]!]!)) waiting.push(values);
    },
  };
}

/** The rows that have a value on an axis. */
function rowsOn(table: TrialTable, axis: number): TrialTable {
  const active = table.orders[axis]!;
  return active.length === table.rows ? table : tableOfRows(table, active.slice().sort());
}
