import type { Space } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import { standings } from '../ranking.js';
import { createReplayCache } from '../replay-cache.js';
import type { Observation } from '../sampler.js';
import { imputed } from './acquire.js';
import { fitHyperparameters } from './fit.js';
import type { Hyperparameters } from './kernel.js';
import { posteriorOf, type Posterior } from './posterior.js';
import { targetsOf } from './targets.js';

/** Trials that the process holds at most; of more the best half and the newest others. */
export const MOST_TRIALS = 500;

/** Trials that the parameters are fitted to, chosen likewise. */
const FITTED_TRIALS = 150;

/** How much longer a history grows before the parameters are fitted anew. */
const GROWTH = 1.1;

const cache = createReplayCache<Hyperparameters>();

/** The process under the trials told. Its parameters are those that a part of the history gave. */
export function modelOf(space: Space, history: readonly Observation[]): Posterior {
  const fitted = fittedLength(history.length);
  const known = cache.find(space, '', history);
  const hyperparameters =
    known?.told.length === fitted ? known.state : fitTo(space, history.slice(0, fitted));
  cache.store(space, '', { told: history.slice(0, fitted), state: hyperparameters });
  const { points, targets } = dataOf(space, history, MOST_TRIALS);
  return posteriorOf(modelAxes(space), hyperparameters, points, targets);
}

/** The largest of the lengths 2, 3, …, each at least a tenth more than the one before, that is not above a length. */
function fittedLength(length: number): number {
  let fitted = Math.min(2, length);
  for (let next = fitted; next <= length; next = Math.ceil(next * GROWTH + 1e-9)) {
    fitted = next;
    if (next < 2) break;
  }
  return fitted;
}

function fitTo(space: Space, history: readonly Observation[]): Hyperparameters {
  const { points, targets } = dataOf(space, history, FITTED_TRIALS);
  return fitHyperparameters(modelAxes(space), points, targets);
}

function dataOf(
  space: Space,
  history: readonly Observation[],
  most: number,
): { readonly points: Float64Array[]; readonly targets: Float64Array } {
  const axes = modelAxes(space);
  const all = targetsOf(history);
  const rows = chosenRows(history, most);
  return {
    points: rows.map((row) => imputed(axes, axisValues(axes, history[row]!.assignment))),
    targets: Float64Array.from(rows, (row) => all[row]!),
  };
}

/** All rows, or of more than `most` the best half by their standings and the newest others, in trial order. */
function chosenRows(history: readonly Observation[], most: number): number[] {
  const rows = history.map((_, row) => row);
  if (rows.length <= most) return rows;
  const scores = standings(history);
  const best = [...rows].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, most / 2);
  const chosen = new Set(best);
  for (let row = rows.length - 1; chosen.size < most; row--) chosen.add(row);
  return [...chosen].sort((a, b) => a - b);
}
