import type { Crossover } from './crossover.js';
import { swappedGenes } from './swapped-genes.js';

/** Distribution index: larger keeps children nearer to their parents. */
export const distributionIndex = (objectives: number): number => (objectives > 1 ? 20 : 2);

/** Parents nearer to each other than this are taken to be so far apart: the spread is divided by their distance. */
const LEAST_DISTANCE = 1e-10;

/**
 * Simulated binary crossover: two children about the parents, their spread as with single-point crossover of bits,
 * cut at the bounds. Deb & Agrawal, Complex Systems 9 (1995); bounds: Deb's NSGA-II.
 */
export const sbx: Crossover = {
  parents: 2,
  child: ([first, second], draws, objectives, bounds) => {
    const eta = distributionIndex(objectives);
    const crossed = first!.map((value, index): readonly [number, number] => {
      const [low, high] = bounds?.[index] ?? [0, 1];
      const least = Math.min(value, second![index]!);
      const most = Math.max(value, second![index]!);
      const distance = Math.max(most - least, LEAST_DISTANCE);
      const u = draws.uniform();
      const left = spread(u, 1 + (2 * (least - low)) / distance, eta);
      const right = spread(u, 1 + (2 * (high - most)) / distance, eta);
      return [0.5 * (least + most - left * distance), 0.5 * (least + most + right * distance)];
    });
    return swappedGenes(
      [first!, second!],
      [crossed.map(([one]) => one), crossed.map(([, other]) => other)],
      draws,
    );
  },
};

/** β_q of a uniform number where the bound lies β away. */
function spread(u: number, beta: number, eta: number): number {
  const alpha = 2 - beta ** -(eta + 1);
  return u <= 1 / alpha ? (u * alpha) ** (1 / (eta + 1)) : (1 / (2 - u * alpha)) ** (1 / (eta + 1));
}
