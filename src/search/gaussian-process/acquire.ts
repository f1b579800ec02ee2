import type { Space } from '../../space/space.js';
import { axisValues, cellOf, modelAxes, type Axis } from '../model-axes.js';
import { minimise } from './lbfgs.js';
import { logExpectedImprovement } from './log-expected-improvement.js';
import { predict, predictWithSlopes, type Posterior } from './posterior.js';

/** A point of the unit cube and the log of the improvement expected there. */
export interface Scored {
  readonly unit: readonly number[];
  readonly score: number;
}

/**
 * What the process sees of a point of the unit cube: its values as decoded, so whole numbers as the middles of their
 * cells; an inactive number as 0.5, an inactive choice as a choice of its own.
 */
export function featuresOf(space: Space, unit: readonly number[]): Float64Array {
  return imputed(modelAxes(space), axisValues(modelAxes(space), space.decode(unit)));
}

/** Fills in what is inactive. */
export function imputed(axes: readonly Axis[], values: Float64Array): Float64Array {
  return values.map((value, axis) => (Number.isNaN(value) ? (axes[axis]!.choices > 0 ? -1 : 0.5) : value));
}

/** Alternations of continuous and discrete moves. */
const ROUNDS = 3;

/** The best point found from a start: L-BFGS on continuous coordinates in turn with the best single discrete move. */
export function improve(space: Space, posterior: Posterior, best: number, start: Scored): Scored {
  let here = start;
  for (let round = 0; round < ROUNDS; round++) {
    const before = here.score;
    here = moveContinuous(space, posterior, best, here);
    const moved = moveDiscrete(space, posterior, best, here);
    if (moved.score <= here.score || moved.score <= before + 1e-6) return here;
    here = moved;
  }
  return moveContinuous(space, posterior, best, here);
}

export function scoreOf(space: Space, posterior: Posterior, best: number, unit: readonly number[]): Scored {
  const { mean, variance } = predict(posterior, featuresOf(space, unit));
  return { unit, score: logExpectedImprovement(best, mean, variance).value };
}

/** Coordinates as x = (1 − cos π t)/2, which keeps them in [0, 1] without bounds on t. */
function moveContinuous(space: Space, posterior: Posterior, best: number, start: Scored): Scored {
  const axes = modelAxes(space);
  const active = axisValues(axes, space.decode(start.unit));
  const along = [...axes.keys()].filter(
    (axis) => axes[axis]!.choices === 0 && axes[axis]!.edges === undefined && !Number.isNaN(active[axis]!),
  );
  if (along.length === 0) return start;
  const features = imputed(axes, active);
  const at = (t: Float64Array): Float64Array => {
    const x = features.slice();
    along.forEach((axis, place) => {
      x[axis] = (1 - Math.cos(Math.PI * t[place]!)) / 2;
    });
    return x;
  };
  const found = minimise(
    (t) => {
      const { mean, variance, meanSlopes, varianceSlopes } = predictWithSlopes(posterior, at(t), along);
      const { value, byMean, byVariance } = logExpectedImprovement(best, mean, variance);
      const gradient = t.map(
        (turn, place) =>
          -(byMean * meanSlopes[place]! + byVariance * varianceSlopes[place]!) *
          (Math.PI / 2) *
          Math.sin(Math.PI * turn),
      );
      return { value: -value, gradient };
    },
    Float64Array.from(along, (axis) => Math.acos(1 - 2 * features[axis]!) / Math.PI),
    { steps: 20, tolerance: 1e-4 },
  );
  const unit = [...start.unit];
  const x = at(found.point);
  for (const axis of along) unit[axes[axis]!.coordinate] = x[axis]!;
  const moved = scoreOf(space, posterior, best, unit);
  return moved.score > start.score ? moved : start;
}

/** The best change of one discrete coordinate; the start where none is better. */
function moveDiscrete(space: Space, posterior: Posterior, best: number, start: Scored): Scored {
  const axes = modelAxes(space);
  let found = start;
  const active = axisValues(axes, space.decode(start.unit));
  axes.forEach((axis, index) => {
    if (Number.isNaN(active[index]!)) return;
    for (const coordinate of alternatives(axis, active[index]!)) {
      const unit = [...start.unit];
      unit[axis.coordinate] = coordinate;
      const there = scoreOf(space, posterior, best, unit);
      if (there.score > found.score) found = there;
    }
  });
  return found;
}

/** More cells than these are tried at distances 1, 2, 4, … only. */
const ALL_CELLS = 16;

function alternatives({ choices, edges }: Axis, value: number): number[] {
  if (choices > 0) {
    return Array.from({ length: choices }, (_, choice) => (choice + 0.5) / choices).filter(
      (_, choice) => choice !== value,
    );
  }
  if (edges === undefined) return [];
  const cell = cellOf(edges, value);
  return Array.from({ length: edges.length - 1 }, (_, other) => other)
    .filter((other) => {
      const distance = Math.abs(other - cell);
      return distance > 0 && (edges.length <= ALL_CELLS + 1 || (distance & (distance - 1)) === 0);
    })
    .map((other) => (edges[other]! + edges[other + 1]!) / 2);
}
