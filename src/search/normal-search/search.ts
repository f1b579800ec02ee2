import { canonicalJson } from '../../core/json.js';
import type { Assignment, Space } from '../../space/space.js';
import { createReplayCache } from '../replay-cache.js';
import type { Observation, ProposalRequest } from '../sampler.js';
import { groupByWave } from '../waves.js';
import { drawOf } from './draws.js';
import type { NormalDistribution, Start } from './normal-distribution.js';
import { firstRun } from './restarts.js';
import { searchCube } from './search-cube.js';
import { defaultPopulation, type Bounds, type SearchOptions } from './search-options.js';
import type { SearchProblem } from './search-problem.js';
import { begin, startState, tellWave, type SearchState } from './search-state.js';
import { warmChoices } from './warm-choices.js';
import { warmStart } from './warm-start.js';

export interface SearchRequest<Options extends SearchOptions> extends Pick<
  ProposalRequest<Options>,
  'options' | 'space' | 'seed' | 'history' | 'prior'
> {
  /** Key of the random streams. */
  readonly name: string;
  readonly bounds: Bounds;
  readonly start: (start: Start) => NormalDistribution;
}

/** What was told, in an array that only grows: copying the history at every wave would cost the square of its length. */
interface Told {
  readonly told: Observation[];
  readonly state: SearchState;
}

const cache = createReplayCache<Told>();

/** λ of the first run, and the size of a wave. */
export function populationOf(space: Space, { population }: SearchOptions): number {
  return population ?? defaultPopulation(searchCube(space).size);
}

/** Assignments of the trials firstTrial … firstTrial + count − 1. */
export function proposeBySearch<Options extends SearchOptions>(
  request: SearchRequest<Options>,
  firstTrial: number,
  count: number,
): Assignment[] {
  const { space } = request;
  const trials = Array.from({ length: count }, (_, index) => firstTrial + index);
  if (searchCube(space).size === 0) {
    const only = space.decode(new Array<number>(space.dimensions).fill(0.5));
    return trials.map(() => only);
  }
  const problem = problemOf(request);
  const state = replay(request, problem);
  return trials.map((trial) => drawOf(state, trial, problem).assignment);
}

/** The state after the waves of the history, from the start or from where the last replay of it ended. */
export function replaySearch<Options extends SearchOptions>(request: SearchRequest<Options>): SearchState {
  return replay(request, problemOf(request));
}

function problemOf<Options extends SearchOptions>(request: SearchRequest<Options>): SearchProblem {
  const { options, space, seed, name, bounds, start } = request;
  const { sigma, restart } = options;
  const [cube, lambda] = [searchCube(space), populationOf(space, options)];
  return { name, seed, cube, lambda, sigma, restart, bounds, start };
}

function replay<Options extends SearchOptions>(
  { options, space, seed, history, prior = [], name }: SearchRequest<Options>,
  problem: SearchProblem,
): SearchState {
  const key = canonicalJson({ name, seed, options, prior: prior.length });
  const found = cache.find(space, key, prior.length === 0 ? history : [...prior, ...history])?.state;
  const told = found?.told ?? [...prior];
  const fresh = told.length - prior.length;
  if (found !== undefined && fresh === history.length) return found.state;
  const state = groupByWave(history, fresh).reduce(
    (current, wave) => tellWave(current, wave, problem),
    found?.state ?? firstState(problem, prior),
  );
  for (let index = fresh; index < history.length; index++) told.push(history[index]!);
  cache.store(space, key, { told, state: { told, state } });
  return state;
}

/** In the middle of the cube, or where the trials of an earlier study say. */
function firstState(problem: SearchProblem, prior: readonly Observation[]): SearchState {
  const { cube, lambda, sigma, bounds } = problem;
  const warm = warmStart(cube, bounds, prior, sigma);
  const choices = warmChoices(cube, prior);
  if (warm !== undefined && choices !== undefined) {
    return begin(problem, firstRun(lambda, warm.sigma), warm, choices);
  }
  return startState(problem, firstRun(lambda, sigma), new Array<number>(cube.coordinates.length).fill(0.5));
}
