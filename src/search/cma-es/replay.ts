import { canonicalJson } from '../../core/json.js';
import { stream } from '../../core/random.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Space } from '../../space/space.js';
import { sameAssignment } from '../assignments.js';
import { entrySlots, uniformPoint } from '../points.js';
import { ranked, totalViolation } from '../ranking.js';
import { createReplayCache } from '../replay-cache.js';
import type { Observation } from '../sampler.js';
import { groupByWave } from '../waves.js';
import { cmaConstants } from './constants.js';
import { assignmentOf, searchedCoordinates, stepOfTrial } from './proposal.js';
import { initialState, norm, whiten, type CmaState } from './state.js';
import { hasStopped, stallWindow } from './stop.js';
import { updateState } from './update.js';

export interface CmaRequest {
  readonly options: { readonly sigma: number; readonly active: boolean; readonly restart: boolean };
  readonly space: Space;
  readonly seed: string;
  readonly history: readonly Observation[];
}

const cache = createReplayCache<CmaState>();

/** The state after the waves of the history, from the start or from where the last replay of it ended. */
export function replayState(request: CmaRequest): CmaState {
  const { options, space, seed, history } = request;
  const { sigma, active, restart } = options;
  const key = canonicalJson({ seed, sigma, active, restart });
  const known = cache.find(space, key, history);
  const start: CmaState =
    known?.state ?? initialState(new Array<number>(searchedCoordinates(space).length).fill(0.5), sigma);
  const state = groupByWave(history, known?.told.length).reduce(
    (current, wave) => tellWave(current, wave, request),
    start,
  );
  // A copy: the caller may go on adding to its own array.
  cache.store(space, key, { told: [...history], state });
  return state;
}

function tellWave(state: CmaState, wave: readonly Observation[], request: CmaRequest): CmaState {
  const { options, space, seed } = request;
  const order = ranked(wave);
  // Nothing is better than anything else here: the distribution stays, and the next draws differ all the same.
  if (order.length < 2 || totalViolation(order[0]!) === Infinity)
    return { ...state, generation: state.generation + 1 };
  const coordinates = searchedCoordinates(space);
  const constants = cmaConstants(coordinates.length, order.length, options.active);
  const steps = order.map((observation) => toldStep(state, observation, coordinates, request));
  const window = stallWindow(coordinates.length, order.length);
  const updated: CmaState = {
    ...updateState(state, constants, steps),
    bestValues: [...state.bestValues, order[0]!.value].slice(-window),
  };
  if (!options.restart || !hasStopped(updated, options.sigma, window)) return updated;
  const restarts = state.restarts + 1;
  const mean = uniformPoint(coordinates.length, stream(seed, 'cma-es/restart', restarts));
  return initialState(mean, options.sigma, restarts);
}

/**
 * The step that led to an observation: drawn again from its stream. Where the values are not those of that step,
 * someone gave the point by hand: its own step, cut to the length √n + 2n/(n + 2) after whitening, which a fair
 * draw hardly exceeds (Hansen, arXiv 1110.4181); coordinates of inactive entries stay as drawn.
 */
function toldStep(
  state: CmaState,
  { trial, assignment }: Observation,
  coordinates: readonly number[],
  { space, seed }: CmaRequest,
): readonly number[] {
  const drawn = stepOfTrial(state, seed, trial);
  if (sameAssignment(assignmentOf(space, coordinates, state, drawn), assignment)) return drawn;
  const given = givenCoordinates(space, assignment);
  const step = drawn.map((value, index) => {
    const coordinate = given[coordinates[index]!];
    return coordinate === undefined ? value : (coordinate - state.mean[index]!) / state.sigma;
  });
  const n = step.length;
  const length = norm(whiten(state, step));
  const limit = Math.sqrt(n) + (2 * n) / (n + 2);
  return length <= limit ? step : step.map((value) => (value * limit) / length);
}

/** Coordinates of the active entries by their place in the unit cube. */
function givenCoordinates(space: Space, assignment: Assignment): (number | undefined)[] {
  const unit = new Array<number | undefined>(space.dimensions).fill(undefined);
  for (const { entry, start } of entrySlots(space)) {
    const value = valueIn(assignment, entry.name);
    if (value === undefined) continue;
    entry.encode(value).forEach((coordinate, index) => {
      unit[start + index] = coordinate;
    });
  }
  return unit;
}
