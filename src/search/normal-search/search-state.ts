import { stream } from '../../core/random.js';
import { uniformPoint } from '../points.js';
import { ranked, totalViolation } from '../ranking.js';
import type { Observation } from '../sampler.js';
import { leastProbability, withLeast } from './choice-margin.js';
import { evenChoices, startChoices, updatedChoices, type Choices } from './choices.js';
import { toldStep, type Source } from './draws.js';
import { withMargin } from './margin.js';
import { NO_COORDINATES } from './no-coordinates.js';
import type { NormalDistribution, Start } from './normal-distribution.js';
import { nextRun, type Run } from './restarts.js';
import { choicesOf } from './search-cube.js';
import type { SearchProblem } from './search-problem.js';
import { memoryOf, stopReason, type Progress } from './stop.js';
import { diagonal, type Vector } from './vector.js';

/** Where a search stands after some waves. */
export interface SearchState extends Source {
  readonly run: Run;
  readonly progress: Progress;
  /** Trials of the run whose generation is over. */
  readonly trials: number;
  /** Trials told of a generation that is not complete, all drawn from this distribution. */
  readonly pending: readonly Observation[];
}

const NO_PROGRESS: Progress = { generations: 0, best: [], middle: [] };

/** Standard deviation with which every number of equal bins gets about the same probability, from the middle. */
const WIDE = 0.4;

/** Before anything is told: around a point, with every choice about as likely as the others. */
export function startState(problem: SearchProblem, run: Run, mean: Vector): SearchState {
  const { cube, sigma } = problem;
  const relative = cube.listed.map((wide) => (wide ? Math.max(1, WIDE / sigma) : 1));
  const covariance = diagonal(relative.map((one) => one * one));
  const even = evenChoices(cube.categories.map(({ count }) => count));
  return begin(problem, run, { mean, sigma: run.sigma, covariance }, even);
}

/** The state at the beginning of a run; the margins are yet to be applied to what it starts from. */
export function begin(
  problem: SearchProblem,
  run: Run,
  start: Start,
  probabilities: readonly Vector[],
): SearchState {
  const { mean } = start;
  const distribution = mean.length === 0 ? NO_COORDINATES : problem.start(start);
  const ones = mean.map(() => 1);
  return {
    run,
    ...kept(problem, distribution, ones, startChoices(probabilities), run.lambda),
    progress: NO_PROGRESS,
    trials: 0,
    pending: [],
  };
}

/**
 * After one more wave. A generation is the least number of whole waves that have λ trials together; only then does the
 * distribution change, by all of them. So every trial of a generation comes from the same distribution, waves of any
 * size that divides λ give the same search, and a wave of more than λ trials, as Hyperband has, is one generation.
 */
export function tellWave(
  state: SearchState,
  wave: readonly Observation[],
  problem: SearchProblem,
): SearchState {
  const generation = [...state.pending, ...wave];
  if (generation.length < state.run.lambda) return { ...state, pending: generation };
  return restarted(learnt(state, ranked(generation), problem), problem);
}

/** @param order a whole generation, best first */
function learnt(state: SearchState, order: readonly Observation[], problem: SearchProblem): SearchState {
  const trials = state.trials + order.length;
  const generations = state.progress.generations + 1;
  const next = { ...state, trials, pending: [] };
  // Nothing is better than anything else here: the distribution stays.
  if (totalViolation(order[0]!) === Infinity)
    return { ...next, progress: { ...state.progress, generations } };
  const steps = order.map((observation) => toldStep(state, observation, problem));
  const chosen = order.map(({ assignment }) => choicesOf(problem.cube, assignment));
  const choices = updatedChoices(state.choices, chosen);
  const memory = memoryOf(problem.cube.size, state.run.lambda);
  const appended = (values: readonly number[], value: number): readonly number[] => [
    ...(values.length < memory ? values : values.slice(1 - memory)),
    value,
  ];
  return {
    ...next,
    ...kept(problem, state.distribution.updated(steps), state.factors, choices, order.length),
    progress: {
      generations,
      best: appended(state.progress.best, order[0]!.value),
      middle: appended(state.progress.middle, order[order.length >> 1]!.value),
    },
  };
}

/** With the margins: 1/(n λ) of a number's bin, {@link leastProbability} of a choice. */
function kept(
  { cube: { borders, categories, size } }: SearchProblem,
  distribution: NormalDistribution,
  before: Vector,
  choices: Choices,
  lambda: number,
): Source {
  const { mean, factors } = withMargin(distribution, before, borders, 1 / (size * lambda));
  const probabilities = choices.probabilities.map((q) =>
    withLeast(q, leastProbability(q.length, categories.length)),
  );
  return {
    distribution: mean === distribution.mean ? distribution : distribution.movedTo(mean),
    factors,
    choices: { ...choices, probabilities },
    draws: new Map(),
  };
}

/** The state itself, or the start of the next run, at a random point, where this one is over. */
function restarted(state: SearchState, problem: SearchProblem): SearchState {
  const { restart, name, seed, lambda, sigma, cube } = problem;
  const { run, trials, distribution, progress } = state;
  if (restart === 'none') return state;
  if (trials < run.limit && stopReason(distribution, run, progress, cube.size) === undefined) return state;
  const random = stream(seed, `${name}/restart`, run.restarts + 1);
  const mean = uniformPoint(distribution.mean.length, random);
  return startState(problem, nextRun(run, trials, restart, { lambda, sigma }, random), mean);
}
