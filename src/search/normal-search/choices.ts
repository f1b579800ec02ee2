import { utilities } from './utilities.js';
import { zeros, type Vector } from './vector.js';

/**
 * A distribution over the choices of each entry that has no order, which learns from its ranked draws: what CatCMA
 * (Hamano et al., GECCO 2024) puts beside the normal distribution. Immutable.
 */
export interface Choices {
  /** Of each entry, the probability of each of its choices. */
  readonly probabilities: readonly Vector[];
  /** s: the latest directions, summed with decay, in coordinates in which every length is one of the Fisher metric. */
  readonly path: readonly Vector[];
  /** γ: the part of its full length that a path of unrelated directions would have by now. */
  readonly settled: number;
  /** Δ: the inverse of the length of a step; ASNG lowers it while directions agree. */
  readonly caution: number;
}

/** α of ASNG: how much longer than chance makes it the path must be for the steps to grow. */
const SIGNAL = 1.5;

/** A gradient as short as this is rounding: all draws of the generation were the same. */
const NOTHING = 1e-12;

/** Before anything is learnt. */
export function startChoices(probabilities: readonly Vector[]): Choices {
  return { probabilities, path: probabilities.map(({ length }) => zeros(length)), settled: 0, caution: 1 };
}

/** Every choice of every entry equally likely. */
export const evenChoices = (counts: readonly number[]): readonly Vector[] =>
  counts.map((count) => new Array<number>(count).fill(1 / count));

/**
 * One generation of ASNG (Akimoto et al., ICML 2019): a step of the length 1/Δ along the natural gradient
 * G = Σ u_k (c_k − q) of the expected utility, c_k being 1 at the choice of draw k and 0 elsewhere. Δ falls while the
 * directions of successive steps agree and rises while they do not. The root of the Fisher metric by which s is kept is
 * that of the coordinates 2√q, in which the metric is the plain one: so the order of the choices means nothing.
 * @param drawn the choice of each entry in each draw, best first; undefined where the entry was inactive: such a draw
 *   says nothing of it, G having the expectation 0 there
 * @param weights u_k of each draw
 */
export function updatedChoices(
  { probabilities, path, settled, caution }: Choices,
  drawn: readonly (readonly (number | undefined)[])[],
  weights: Vector = utilities(drawn.length),
): Choices {
  const gradient = probabilities.map((q, entry) => gradientOf(q, (rank) => drawn[rank]![entry], weights));
  const metric = gradient.map((g, entry) => g.map((one, k) => one / Math.sqrt(probabilities[entry]![k]!)));
  const length = Math.sqrt(metric.flat().reduce((sum, one) => sum + one * one, 0));
  if (length < NOTHING) return { probabilities, path, settled, caution };
  const parameters = probabilities.reduce((sum, q) => sum + q.length - 1, 0);
  const beta = 1 / (caution * Math.sqrt(parameters));
  const gain = Math.sqrt(beta * (2 - beta)) / length;
  const nextPath = path.map((s, entry) => s.map((one, k) => (1 - beta) * one + gain * metric[entry]![k]!));
  const nextSettled = (1 - beta) ** 2 * settled + beta * (2 - beta);
  const squared = nextPath.flat().reduce((sum, one) => sum + one * one, 0);
  const step = 1 / (caution * length);
  return {
    probabilities: probabilities.map((q, entry) => q.map((one, k) => one + step * gradient[entry]![k]!)),
    path: nextPath,
    settled: nextSettled,
    caution: caution * Math.exp(beta * (nextSettled - squared / SIGNAL)),
  };
}

function gradientOf(q: Vector, choiceOf: (rank: number) => number | undefined, weights: Vector): Vector {
  const gradient = zeros(q.length);
  weights.forEach((weight, rank) => {
    const choice = choiceOf(rank);
    if (choice === undefined) return;
    for (let k = 0; k < q.length; k++) gradient[k]! += weight * ((k === choice ? 1 : 0) - q[k]!);
  });
  return gradient;
}
