import { stream, type Stream } from '../../core/random.js';
import type { Assignment } from '../../space/space.js';
import { sameAssignment } from '../assignments.js';
import type { Observation } from '../sampler.js';
import type { Choices } from './choices.js';
import type { NormalDistribution, Step } from './normal-distribution.js';
import { assignmentAt, isInside, pointOf, type SearchCube } from './search-cube.js';
import type { SearchProblem } from './search-problem.js';
import { norm, zeros, type Vector } from './vector.js';

/** From what trials are drawn: N(mean, (σ A)² C) for numbers, and beside it a distribution for each category. */
export interface Source {
  readonly distribution: NormalDistribution;
  /** A: factors of the margin on the step of each coordinate; 1 without. */
  readonly factors: Vector;
  readonly choices: Choices;
  /** Draws made so far, by trial. Only saves the work of drawing a trial again when it is told. */
  readonly draws: Map<number, Draw>;
}

export interface Draw {
  readonly step: Step;
  /** What the point mean + σ A y and the choices drawn with it stand for. */
  readonly assignment: Assignment;
}

/** The draw of a trial: the same whenever it is asked for, as long as the source is that of its generation. */
export function drawOf(source: Source, trial: number, problem: SearchProblem): Draw {
  const known = source.draws.get(trial);
  if (known !== undefined) return known;
  const draw = drawn(source, trial, problem);
  source.draws.set(trial, draw);
  return draw;
}

/** Draws of a trial until one is inside, where the bounds say so. With more, values at the very ends become rare. */
const DRAWS = 4;

function drawn(
  { distribution, factors, choices }: Source,
  trial: number,
  { name, seed, cube, bounds }: SearchProblem,
): Draw {
  const random = stream(seed, name, trial);
  const first = drawStep(distribution, random);
  const chosen = choices.probabilities.map((q) => choiceAt(q, random.uniform()));
  for (let step = first, draw = 1; ; step = drawStep(distribution, random), draw++) {
    const point = pointAfter(distribution, factors, step);
    const assignment = assignmentAt(cube, bounds, point, chosen);
    if (bounds === 'transform' || isInside(cube, point, assignment)) return { step, assignment };
    if (draw === DRAWS) return { step: cutStep(distribution, factors, step, cube), assignment };
  }
}

/** Standard deviations outside from which on a mean is drawn back. */
const AWAY = 0.5;

/**
 * The step of a draw that was cut. In a coordinate whose mean has left the range it leads to its end, where the trial
 * is: otherwise nothing would draw the mean back. Elsewhere it is what was drawn, so that most draws are at the very end
 * where that is the best value.
 */
function cutStep(
  distribution: NormalDistribution,
  factors: Vector,
  step: Step,
  { borders }: SearchCube,
): Step {
  const { mean, sigma } = distribution;
  const end = (x: number): number => Math.min(1, Math.max(0, x));
  const isAway = mean.map(
    (x, index) =>
      borders[index] === undefined &&
      Math.abs(x - end(x)) > AWAY * sigma * factors[index]! * distribution.deviations[index]!,
  );
  if (!isAway.includes(true)) return step;
  const y = step.y.map((value, index) => {
    const scale = sigma * factors[index]!;
    return isAway[index] ? (end(mean[index]! + scale * value) - mean[index]!) / scale : value;
  });
  return { y, z: distribution.standardOf(y) };
}

function drawStep(distribution: NormalDistribution, random: Stream): Step {
  const z = zeros(distribution.mean.length);
  for (let index = 0; index < z.length; index++) z[index] = random.normal();
  return { y: distribution.stepOf(z), z };
}

/** mean + σ A y. */
function pointAfter({ mean, sigma }: NormalDistribution, factors: Vector, { y }: Step): Vector {
  const point = zeros(mean.length);
  for (let index = 0; index < point.length; index++) {
    point[index] = mean[index]! + sigma * factors[index]! * y[index]!;
  }
  return point;
}

/** The choice in whose part of [0, 1) a number lies, the parts being as long as the probabilities. */
function choiceAt(probabilities: Vector, u: number): number {
  let upper = 0;
  for (let choice = 0; choice < probabilities.length - 1; choice++) {
    upper += probabilities[choice]!;
    if (u < upper) return choice;
  }
  return probabilities.length - 1;
}

/**
 * The step that led to an observation: drawn again from its stream. Where the values are not those of that step,
 * someone gave the point by hand: its own step, cut to the length √n + 2n/(n + 2) of z, which a fair draw hardly
 * exceeds (Hansen, arXiv 1110.4181); coordinates of inactive entries stay as drawn.
 */
export function toldStep(source: Source, { trial, assignment }: Observation, problem: SearchProblem): Step {
  const own = drawOf(source, trial, problem);
  if (own.assignment === assignment || sameAssignment(own.assignment, assignment)) return own.step;
  const { distribution, factors } = source;
  const { mean, sigma } = distribution;
  const given = pointOf(problem.cube, problem.bounds, assignment);
  const y = own.step.y.map((value, index) => {
    const coordinate = given[index];
    return coordinate === undefined ? value : (coordinate - mean[index]!) / (sigma * factors[index]!);
  });
  const z = distribution.standardOf(y);
  const n = y.length;
  const shrink = Math.min(1, (Math.sqrt(n) + (2 * n) / (n + 2)) / norm(z));
  return { y: y.map((value) => value * shrink), z: z.map((value) => value * shrink) };
}
