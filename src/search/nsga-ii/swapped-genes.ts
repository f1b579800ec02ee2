import type { Coordinates, CrossoverDraws } from './crossover.js';

/** Probability that a coordinate is crossed at all. */
const CROSSED = 0.5;
/** Probability that the two children swap a coordinate. */
const SWAPPED = 0.5;

/**
 * One of the two children that a crossover in pairs has: each coordinate is crossed or kept, and swapped or not, and
 * one of the two is picked.
 * @param crossed the coordinates of both children, if they are crossed
 */
export function swappedGenes(
  [first, second]: readonly [Coordinates, Coordinates],
  crossed: readonly [Coordinates, Coordinates],
  draws: CrossoverDraws,
): number[] {
  const pairs = first.map((value, index): readonly [number, number] => {
    const pair: readonly [number, number] =
      draws.uniform() < CROSSED ? [crossed[0][index]!, crossed[1][index]!] : [value, second[index]!];
    return draws.uniform() < SWAPPED ? [pair[1], pair[0]] : pair;
  });
  const child = draws.uniform() < 0.5 ? 0 : 1;
  return pairs.map((pair) => pair[child]);
}
